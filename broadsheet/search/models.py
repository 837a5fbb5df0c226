"""What can be found: a copy of every public text as plain words, and what is still to be looked at.

The index of words is the database's own (`engines/`); `indexing` writes its entries beside these rows, and they go
together.
"""

from django.db import models

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment


class IndexedArticle(models.Model):
    place = models.BigIntegerField(primary_key=True)
    """In the order of days (`places.py`), so that the newest hits come first without sorting."""
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="indexed")
    headline = models.TextField()
    standfirst = models.TextField()
    people = models.TextField()
    body = models.TextField()
    marks = models.TextField()
    """Words that no reader can type, to filter by: `~s12` in section 12, `~p7` by person 7, `~les` in Spanish."""

    def __str__(self) -> str:
        return self.headline


class IndexedComment(models.Model):
    place = models.BigIntegerField(primary_key=True)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="indexed")
    author = models.TextField()
    body = models.TextField()
    marks = models.TextField()
    """`~s12` of its article's section, `~n…` of its author's name."""

    def __str__(self) -> str:
        return f"{self.author}: {self.body[:60]}"


class IndexedLanguage(models.Model):
    """A language whose endings some text was indexed by: a question is asked in each."""

    tag = models.CharField(max_length=35, primary_key=True)
    """As far as it matters: `pt` of `pt-BR`."""

    def __str__(self) -> str:
        return self.tag


class Reindexing(models.Model):
    """A run of `broadsheet reindex`: how far it has come, so that another goes on there."""

    started_at = models.DateTimeField(auto_now_add=True)
    articles_after = models.BigIntegerField(default=0)
    """Articles up to this number are done, and so below for comments."""
    comments_after = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Due(models.Model):
    """Something that has changed and is to be indexed anew; the worker takes the row away when it does so."""

    class Kind(models.TextChoices):
        ARTICLE = "article"
        COMMENT = "comment"
        ARTICLES_AFTER = "articles"
        """Every article beyond a number that is not indexed yet, and so below for comments."""
        COMMENTS_AFTER = "comments"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="due_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

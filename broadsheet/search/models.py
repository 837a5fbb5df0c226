"""What can be found: a copy of every public text as plain words, and what is still to be looked at.

The database keeps the index of words itself (`engines/`): whoever writes a row here has indexed it.
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
    """Words that no reader can type, to filter by: `~s12` in section 12, `~p7` by person 7."""

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

"""A discussion, or one conversation of it (a root and all beneath), takes no more comments: by whom, when and why.

Opening it again keeps the record.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from broadsheet.articles.models import Article
from broadsheet.discussion.models.comment import Comment
from broadsheet.discussion.models.thread import Thread


class Closure(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="closures")
    """Whose whole discussion is closed. `Article.comments_open` says the same, where lists and posts read it."""
    root = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="closures")
    """Whose conversation alone is closed."""
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="closures")
    """The root's, so that a long thread need not be read through for its closed conversations."""
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    """A plain clause, shown where the form would stand: “the vote is over”."""
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """Null where the clock closed it, or an import."""
    closed_at = models.DateTimeField(null=True)
    """Null where that was on another site, or before this was written down."""
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(reopened_at=None), name="one_closure_of_discussion"
            ),
            models.UniqueConstraint(
                fields=["root"], condition=Q(reopened_at=None), name="one_closure_of_conversation"
            ),
            models.CheckConstraint(
                condition=Q(article=None, root__isnull=False, thread__isnull=False)
                | Q(article__isnull=False, root=None, thread=None),
                name="closure_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"closure of {self.article or self.root_id}"

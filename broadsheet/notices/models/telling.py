"""That something is to be told to those who follow it, and how far that has come. It is told of once."""

from django.db import models
from django.db.models import Q

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment


class Telling(models.Model):
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    article = models.OneToOneField(Article, on_delete=models.CASCADE, null=True, related_name="+")
    told_to = models.BigIntegerField(default=0)
    """The last follower who has a letter."""
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=True, article__isnull=False)
                | Q(comment__isnull=False, article__isnull=True),
                name="telling_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(ended_at__isnull=True), name="telling_open"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"telling of comment {self.comment_id}" if self.comment_id else f"telling of {self.article_id}"

"""A comment that followers are to be told of, and how far that is done. Each comment is told of once."""

from django.db import models

from broadsheet.discussion.models import Comment


class Telling(models.Model):
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="+")
    told_to = models.BigIntegerField(default=0)
    """The last follower who has a letter."""
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(ended_at__isnull=True), name="telling_open"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"telling of comment {self.comment_id}"

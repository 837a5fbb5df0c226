"""A comment the editors recommend to everybody: who picked it, and when."""

from django.conf import settings
from django.db import models

from broadsheet.discussion.models.comment import Comment
from broadsheet.discussion.models.thread import Thread


class Pick(models.Model):
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="pick")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="picks")
    """The comment's, so that a long thread need not be read through for its picks."""
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    picked_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"pick of {self.comment_id}"

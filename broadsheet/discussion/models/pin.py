"""A root kept at the head of its thread."""

from django.conf import settings
from django.db import models

from broadsheet.discussion.models.comment import Comment
from broadsheet.discussion.models.thread import Thread


class Pin(models.Model):
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="pin")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="pins")
    """The comment's, so that a long thread need not be read through for its pins."""
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    pinned_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"pin of {self.comment_id}"

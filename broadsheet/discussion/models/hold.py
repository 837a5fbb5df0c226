"""A comment waits for a moderator: who or what asked for it, why, and how it ended."""

from django.conf import settings
from django.db import models

from broadsheet.discussion.models.comment import Comment


class Hold(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=200)
    """A plain clause for its author and the moderator: “it contains a link”."""
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """Null where a gate held it."""
    held_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(ended_at__isnull=True), name="one_open_hold"
            ),
        ]

    def __str__(self) -> str:
        return f"hold of {self.comment_id}: {self.reason}"

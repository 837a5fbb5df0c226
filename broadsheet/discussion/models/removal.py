"""A comment was taken away: by whom, when and why. Undoing it keeps the record."""

from django.conf import settings
from django.db import models

from broadsheet.discussion.models.comment import Comment


class Removal(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="removals")
    reason = models.CharField(max_length=200, blank=True)
    """A plain clause, shown in the comment's place: “attacks a person”."""
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=models.Q(undone_at__isnull=True), name="one_standing_removal"
            ),
        ]

    def __str__(self) -> str:
        return f"removal of {self.comment_id}: {self.reason}"

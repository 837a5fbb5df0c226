"""An author took a comment back: when. What it said is deleted, and nobody can publish it again."""

from django.db import models
from django.utils import timezone

from broadsheet.discussion.models.comment import Comment


class Withdrawal(models.Model):
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="withdrawal")
    withdrawn_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"withdrawal of {self.comment_id}"

"""A conversation (a root and all beneath it) takes no more replies: by whom and since when."""

from django.conf import settings
from django.db import models

from broadsheet.discussion.models.comment import Comment


class Closure(models.Model):
    root = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="closure")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"closure of {self.root_id}"

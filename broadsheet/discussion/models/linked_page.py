"""A page elsewhere that a comment links to, with its title; and which comments do."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from broadsheet.discussion.models.comment import Comment


class LinkedPage(models.Model):
    url = models.CharField(max_length=1000, unique=True)
    title = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    """When the worker asks for it; null when there is nothing to ask any more."""
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    """Why nothing is known, as the end of a sentence."""

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="linked_page_due"),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class CommentLink(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="links")
    page = models.ForeignKey(LinkedPage, on_delete=models.CASCADE, related_name="links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "page"], name="one_link"),
        ]

    def __str__(self) -> str:
        return f"link of {self.comment_id} to {self.page_id}"

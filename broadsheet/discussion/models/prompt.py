"""A question of the newsroom that the thread answers: it stands above the form."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from broadsheet.discussion.models.thread import Thread


class Prompt(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="prompts")
    text = models.CharField(max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(ended_at__isnull=True), name="one_standing_prompt"
            ),
        ]

    def __str__(self) -> str:
        return self.text

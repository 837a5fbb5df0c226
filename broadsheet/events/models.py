"""What happened, once, in the order it was committed to be told."""

from django.db import models


class Event(models.Model):
    """A fact. It is written in the transaction that made it true, and never changed afterwards."""

    kind = models.CharField(max_length=64)
    facts = models.JSONField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    handed_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=models.Q(handed_at__isnull=True), name="event_unhanded"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.facts}"


class Beat(models.Model):
    """When something that the clock does was last done."""

    name = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at}"

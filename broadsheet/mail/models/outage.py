"""That a transport took no letters: since when, why, and until when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Outage(models.Model):
    transport = models.CharField(max_length=255)
    """Its name."""
    since = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)
    """What it said last."""
    rests_until = models.DateTimeField()
    """Before this moment the others are asked first."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transport"], condition=Q(ended_at__isnull=True), name="one_outage_of_transport"
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"outage of {self.transport}"

"""A reader's wish to go: the account is closed at once, and the clock does the rest."""

from django.conf import settings
from django.db import models


class Departure(models.Model):
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departure"
    )
    withdraws = models.BooleanField()
    """Whether what they wrote goes too; else it stays, under nobody's name."""
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"departure of reader {self.reader_id}"

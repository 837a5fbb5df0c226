"""An arrangement as it once stood on the front page: since when, and by whom. The newest is the one that stands now."""

from django.conf import settings
from django.db import models


class KeptArrangement(models.Model):
    parts = models.JSONField()
    """As `Arrangement.parts` is stored: `[{"type": "river", "value": {"number": 9}}, …]`."""
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    why = models.CharField(max_length=100, blank=True)
    """Where nobody arranged it by hand: what happened instead."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Front page of {self.kept_at:%Y-%m-%d %H:%M}"

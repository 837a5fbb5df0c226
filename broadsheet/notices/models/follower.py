"""An address that is told of something. It is written to with more than one question once its owner confirmed it."""

from django.conf import settings
from django.db import models


class Follower(models.Model):
    class Mode(models.TextChoices):
        AT_ONCE = "at-once", "at once"
        DAILY = "daily", "once a day"
        OFF = "off", "not at all"

    address_digest = models.CharField(max_length=32, unique=True)
    """As of a guest with this address."""
    address_sealed = models.BinaryField()
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="follower"
    )
    """Whose account it is, where they followed something while signed in."""
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.AT_ONCE)
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"follower {self.pk}"

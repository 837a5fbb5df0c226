"""An address that is told of something. It is written to with more than one question once its owner confirmed it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How often letters come."""

    AT_ONCE = "at-once", _("at once")
    HOURLY = "hourly", _("once an hour")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    OFF = "off", _("no letters")


class Follower(models.Model):
    Mode = Mode

    address_digest = models.CharField(max_length=32, unique=True)
    """As of a guest with this address."""
    address_sealed = models.BinaryField()
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="follower"
    )
    """Whose account it is, where they followed something while signed in."""
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.AT_ONCE)
    """Of every kind that no `Preference` speaks of."""
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    """Hours of their day between which no letter comes; both or neither."""
    zone = models.CharField(max_length=64, blank=True)
    """Whose morning is meant; empty: the publication's."""
    language = models.CharField(max_length=35, blank=True)
    """What letters are written in; empty: the publication's."""
    feed_number = models.PositiveIntegerField(default=0)
    """How often the secret address of their feed of notices was renewed."""
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__lte=23, quiet_until__lte=23),
                name="follower_quiet_hours",
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"follower {self.pk}"

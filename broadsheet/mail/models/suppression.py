"""An address that is not written to: it does not exist, its owner complained, or wants no more."""

from django.db import models


class Suppression(models.Model):
    class Cause(models.TextChoices):
        BOUNCED = "bounced", "there is no such mailbox"
        COMPLAINED = "complained", "its owner calls our mail unwanted"
        UNSUBSCRIBED = "unsubscribed", "its owner wants no more"

    address_digest = models.CharField(max_length=32)
    mailing = models.CharField(max_length=40, blank=True)
    """What it is not sent any more, the `mailing` of kinds; empty for all that was not asked for this minute."""
    cause = models.CharField(max_length=12, choices=Cause.choices)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_digest", "mailing"], name="suppression_once"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.cause}: {self.mailing or 'everything'}"

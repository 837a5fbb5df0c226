"""Somebody who comments without an account and gave an e-mail address: known by that, never by a name alone."""

from django.db import models


class Guest(models.Model):
    address_digest = models.CharField(max_length=32, unique=True)
    """A keyed digest of the address: finds the guest again, tells nobody the address."""
    address_sealed = models.BinaryField()
    """The address itself, sealed with the publication's key."""
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"guest {self.pk}"

"""A reader's wish for another address: asked at the new one, told to the old one, which can stop it, afterwards too."""

from django.conf import settings
from django.db import models


class AddressChange(models.Model):
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="address_changes"
    )
    old = models.BinaryField()
    new = models.BinaryField()
    """Both sealed."""
    digest = models.CharField(max_length=64, unique=True)
    stop_digest = models.CharField(max_length=64, unique=True)
    """Of the links in the two letters."""
    asked_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"another address for reader {self.reader_id}"

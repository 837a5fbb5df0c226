"""Somebody asked for a sign-in link by mail, with an address that may be known or not. It goes once dealt with."""

from django.db import models


class LinkRequest(models.Model):
    address = models.BinaryField()
    """The e-mail address, sealed."""
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"sign-in link asked for at {self.asked_at}"

"""Somebody asked for a link and a code by mail, with an address that may be known or not. It goes once dealt with."""

from django.db import models
from django.utils import timezone


class LinkRequest(models.Model):
    address = models.BinaryField()
    """The e-mail address, sealed."""
    code = models.ForeignKey("readers.SignInCode", null=True, on_delete=models.SET_NULL, related_name="+")
    """What the browser that asked may type a code for; older requests have none."""
    asked_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now)
    """When the mail server is asked, or asked again."""

    def __str__(self) -> str:
        return f"sign-in link asked for at {self.asked_at}"

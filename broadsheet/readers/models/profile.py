"""The public page of a reader who chose to have one. It is off until they turn it on."""

import secrets

from django.conf import settings
from django.db import models


def new_key() -> str:
    """Ten letters and digits that tell nothing of the account."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(10))


class Profile(models.Model):
    reader = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    key = models.CharField(max_length=16, unique=True, default=new_key)
    """Its public name, in its address."""
    about = models.TextField(blank=True)
    """What the reader says of themselves, as they wrote it."""
    about_html = models.TextField(blank=True)
    """The same, rendered and sanitised once, on write."""
    found_by_machines = models.BooleanField(default=False)
    """Whether search engines may keep the page."""
    shown_at = models.DateTimeField(null=True)
    """When the reader turned it on; None while it is off."""

    def __str__(self) -> str:
        return f"profile {self.key}"

    @property
    def path(self) -> str:
        return f"/readers/{self.key}/"

"""A code by mail that signs one reader in, once, in the browser that asked for it. Only digests are stored."""

from django.conf import settings
from django.db import models


class SignInCode(models.Model):
    asked = models.CharField(max_length=64, unique=True)
    """Digest of what the browser that asked keeps in its session."""
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sign_in_codes"
    )
    """None until the letter goes, and longer where the address is nobody's here."""
    email = models.EmailField(blank=True)
    """Where it went: with another address the account is opened by another code."""
    digest = models.CharField(max_length=64, blank=True)
    link = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - most codes have none
    """Digest of the link beside it in a letter to a reader: it does what the code does, in any browser."""
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in code asked for at {self.asked_at}"

"""A link that signs one reader in, once. Only a digest of it is stored."""

from django.conf import settings
from django.db import models


class SignInLink(models.Model):
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_links"
    )
    email = models.EmailField(blank=True)
    """Their address when the link was made: with another one it is worth nothing."""
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in link for {self.reader}"

"""The picture of a reader's public page: small, square, made anew, and gone with the account."""

import secrets

from django.db import models

from broadsheet.readers.models.profile import Profile

SIDE = 256
"""Pixels of each side, or fewer where the picture that was sent had fewer."""


def new_name() -> str:
    """Its name in addresses: another picture never has it, and it tells nothing."""
    return secrets.token_hex(16)


class ProfilePicture(models.Model):
    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="picture")
    name = models.CharField(max_length=32, unique=True, default=new_name)
    content = models.BinaryField()
    """WebP, some ten kilobytes: so it is saved, backed up and deleted with its row, and no file is left over."""
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"picture of {self.profile}"

    @property
    def path(self) -> str:
        return f"{self.profile.path}pictures/{self.name}.webp"

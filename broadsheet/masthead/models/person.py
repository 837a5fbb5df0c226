"""Somebody who writes for the publication, with or without an account."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from broadsheet.kit.addresses import web_address


class Link(NamedTuple):
    url: str
    name: str
    """Its address as people say it: `example.social/@jory`."""


def only_addresses(text: str) -> None:
    for line in text.splitlines():
        if line.strip() and web_address(line.strip()) is None:
            raise ValidationError(f"“{line.strip()[:80]}” is no web address. It should begin with https://.")


class Person(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    role = models.CharField(max_length=120, blank=True, help_text="Such as “Harbour correspondent”.")
    biography = models.TextField(blank=True)
    links = models.TextField(
        blank=True,
        help_text="Other places where this is the same person, one address on each line: a site, Mastodon, …",
        validators=[only_addresses],
    )
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/by/{self.slug}/"

    @property
    def elsewhere(self) -> list[Link]:
        """The links, in order."""
        urls = [url for line in self.links.splitlines() if (url := web_address(line.strip()))]
        return [Link(url, _spoken(url)) for url in urls]


def _spoken(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"

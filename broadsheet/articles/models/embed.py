"""What is known of something that stands elsewhere and is shown in a body: its title, from whom, a picture."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils import timezone

from broadsheet.articles.models.picture import Picture
from broadsheet.kit import providers


class Embed(models.Model):
    url = models.URLField(max_length=500, unique=True)
    title = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=100, blank=True)
    picture = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, related_name="embeds")
    """Its preview, as a picture of our own library."""
    due_at = models.DateTimeField(null=True, default=timezone.now)
    """When the worker asks the provider; null when there is nothing to ask any more."""
    tries = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    """Why nothing is known, as the end of a sentence."""

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="embed_due"),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @staticmethod
    def ask_for(body: Any) -> None:
        """Have the worker ask about whatever a body shows from elsewhere that nobody has asked about."""
        urls = {url for url in _addresses(body) if providers.find(url)}
        if urls:
            Embed.objects.bulk_create([Embed(url=url) for url in sorted(urls)], ignore_conflicts=True)


class ShowsEmbeds:
    """What has a body, and asks about what stands elsewhere in it as soon as a draft is kept."""

    body: Any

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        Embed.ask_for(self.body)
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]


def _addresses(body: Any) -> Iterator[str]:
    for block in body.get_prep_value():
        if block["type"] == "embed":
            yield block["value"].get("url") or ""

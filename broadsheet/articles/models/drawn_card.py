"""The picture an article is shared with, drawn by the worker: its headline in type, and its lead picture."""

from django.db import models

from broadsheet.articles.models.article import Article


class DrawnCard(models.Model):
    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="drawn_card"
    )
    wanted_at = models.DateTimeField(null=True)
    """Since when it is to be drawn (again); null is nothing to do."""
    drawn_at = models.DateTimeField(null=True)
    """Null while there is none."""
    problem = models.CharField(max_length=200, blank=True)
    """Why there is none: the type lacks a letter of the headline."""

    class Meta:
        indexes = [
            models.Index(
                fields=["wanted_at"], condition=models.Q(wanted_at__isnull=False), name="card_wanted"
            )
        ]

    def __str__(self) -> str:
        return f"card of {self.article}"

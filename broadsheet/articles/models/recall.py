"""The record that a published article was taken back: by whom, when, why. Readers see why at its address (410)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.articles.models.article import Article


class Recall(models.Model):
    class Kind(models.TextChoices):
        EDITORS = "editors", _("Withdrawn by the editors")
        MISTAKE = "mistake", _("Published by mistake and withdrawn by the editors")
        LAW = "law", _("Taken down because the law demands it")
        SAFETY = "safety", _("Taken down for somebody’s safety")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="recalls")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=500, blank=True)
    """In the editors' own words, for readers."""
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recalled_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    """When the article was published again."""

    def __str__(self) -> str:
        return f"{self.article}: {self.get_kind_display()}"

"""The record that what was published was taken back: by whom, when, why. Readers see why at its address (410)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Recall(models.Model):
    class Kind(models.TextChoices):
        EDITORS = "editors", _("Withdrawn by the editors")
        MISTAKE = "mistake", _("Published by mistake and withdrawn by the editors")
        LAW = "law", _("Taken down because the law demands it")
        SAFETY = "safety", _("Taken down for somebody’s safety")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, related_name="recalls"
    )
    page = models.ForeignKey(
        "articles.StandingPage", on_delete=models.CASCADE, null=True, related_name="recalls"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=500, blank=True)
    """In the editors' own words, for readers."""
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recalled_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    """When it was published again."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recall_of_one_thing",
                condition=models.Q(article__isnull=True, page__isnull=False)
                | models.Q(article__isnull=False, page__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article or self.page}: {self.get_kind_display()}"

    @classmethod
    def standing(cls, thing: Any) -> "Recall | None":
        """Why readers cannot read an article or a standing page now, where somebody has said so."""
        standing: Recall | None = thing.recalls.filter(ended_at=None).order_by("-recalled_at").first()
        return standing

    @staticmethod
    def end(thing: Any) -> None:
        """It is published again."""
        thing.recalls.filter(ended_at=None).update(ended_at=timezone.now())

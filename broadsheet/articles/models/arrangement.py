"""What stands on the front page, in which order: one row."""

from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from broadsheet.articles.front_blocks import FrontBlock


def as_it_comes() -> list[dict[str, Any]]:
    """The arrangement of a paper whose editors never touched it."""
    return [
        {"type": "lead", "value": {"article": None, "until": None}},
        {"type": "river", "value": {"number": 9}},
        {"type": "strip", "value": {"sections": [], "number": 4}},
    ]


class Arrangement(PreviewableMixin, models.Model):
    parts = StreamField(FrontBlock(), default=as_it_comes, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_arrangement")]

    def __str__(self) -> str:
        return "Front page"

    @classmethod
    def current(cls) -> "Arrangement":
        """The arrangement; before anybody has looked at it an unsaved one."""
        return cls.objects.first() or cls(pk=1)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "articles/front.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from broadsheet.articles.pages import preview_of_arrangement

        return preview_of_arrangement(self)

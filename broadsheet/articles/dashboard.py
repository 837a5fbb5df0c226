"""What the newsroom's first page shows: whether the clock goes, what is scheduled, drafted, and published lately."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.admin.ui.components import Component

from broadsheet.articles import publishing
from broadsheet.articles.models import Article, Picture
from broadsheet.events import beating

SHOWN = 8
LATE = timedelta(minutes=2)
"""A clock that has been silent for so long stands still."""


class ClockPanel(Component):
    name = "clock"
    order = 10
    template_name = "articles/newsroom/clock.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        beat_at = beating.last_beat("clock")
        return {
            "beat_at": beat_at,
            "stands_still": beat_at is None or timezone.now() - beat_at > LATE,
            "overdue": len(list(publishing.due_revisions())),
            "bad_pictures": Picture.objects.exclude(problem="").order_by("-pk")[:SHOWN],
        }


class ArticlesPanel(Component):
    name = "articles"
    order = 30
    template_name = "articles/newsroom/dashboard.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        articles = Article.objects.select_related("section", "latest_revision")
        scheduled = Article.objects.filter(_revisions__approved_go_live_at__isnull=False).distinct()
        drafted = articles.filter(Q(live=False) | Q(has_unpublished_changes=True))
        return {
            "drafted": drafted.exclude(pk__in=scheduled).order_by("-latest_revision_id")[:SHOWN],
            "scheduled": scheduled.order_by("go_live_at")[:SHOWN],
            "published": articles.filter(live=True).order_by("-published_at")[:SHOWN],
        }

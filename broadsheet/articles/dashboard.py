"""What the newsroom's first page shows: whether the clock goes, what waits, what is scheduled, who writes what now.

Each panel takes the same number of queries however much there is. A writer sees their own articles only.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from broadsheet.articles import owning, publishing, scheduling
from broadsheet.articles.models import Article, Note, Picture
from broadsheet.events import beating

SHOWN = 8
LATE = timedelta(minutes=2)
"""A clock that has been silent for so long stands still."""
AT_WORK = timedelta(minutes=5)
"""An open editor calls in every few seconds; whoever has been silent for so long has gone."""


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

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        mine = scheduling.for_lists(owning.changeable(self.user)).defer("body", "latest_revision__content")
        unfinished = mine.filter(Q(live=False) | Q(has_unpublished_changes=True), scheduled_for=None)
        return {
            "may_approve": self.user.has_perm(owning.CHANGE),
            "waiting": waiting(mine),
            "sent_back": sent_back(mine),
            "editing": at_work(mine),
            "noted": noted(mine),
            "scheduled": scheduling.scheduled(mine).order_by("scheduled_for")[:SHOWN],
            "drafted": unfinished.order_by("-latest_revision_id")[:SHOWN],
            "published": mine.filter(live=True).order_by("-published_at")[:SHOWN],
        }


def waiting(articles: QuerySet[Article]) -> list[tuple[Article, WorkflowState]]:
    """What somebody has submitted and nobody has decided about, the longest waiting first."""
    return _in_workflow(articles, WorkflowState.STATUS_IN_PROGRESS)


def sent_back(articles: QuerySet[Article]) -> list[tuple[Article, WorkflowState]]:
    """What an editor wants changed; the comment says what."""
    return _in_workflow(articles, WorkflowState.STATUS_NEEDS_CHANGES)


def _in_workflow(articles: QuerySet[Article], status: str) -> list[tuple[Article, WorkflowState]]:
    """An article and its state, as far as somebody may see the article; the first few of many."""
    states = WorkflowState.objects.filter(status=status, base_content_type=_kind())
    states = states.select_related("requested_by", "current_task_state").order_by("created_at")
    found = {int(state.object_id): state for state in states[: SHOWN * 10]}
    shown = articles.in_bulk(list(found))
    return [(shown[pk], state) for pk, state in found.items() if pk in shown][:SHOWN]


def at_work(articles: QuerySet[Article]) -> list[tuple[Article, EditingSession]]:
    """Who has which article open in the editor now."""
    since = timezone.now() - AT_WORK
    sessions = EditingSession.objects.filter(content_type=_kind(), last_seen_at__gte=since)
    found = list(sessions.select_related("user").order_by("object_id", "user", "-last_seen_at")[: SHOWN * 10])
    shown = articles.in_bulk([int(session.object_id) for session in found])
    once = {(session.object_id, session.user_id): session for session in reversed(found)}
    return [(shown[int(pk)], session) for (pk, _), session in once.items() if int(pk) in shown][:SHOWN]


def noted(articles: QuerySet[Article]) -> list[Note]:
    """Open notes of colleagues, the newest first."""
    notes = Note.objects.filter(answers=None, resolved_at=None, article__in=articles.values("pk"))
    return list(notes.select_related("article", "written_by").order_by("-written_at")[:SHOWN])


def _kind() -> ContentType:
    kind: ContentType = ContentType.objects.get_for_model(Article)
    return kind

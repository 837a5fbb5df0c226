"""The lists a moderator works through: what waits (oldest first), what was published lately, what was removed.

A removed comment waits too while its author's appeal has no answer.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from broadsheet.discussion.models import Appeal, Comment, CommentRevision, Hold, Removal, Thread

PAGE = 30
LATEST_CHANGES = 3
"""So many of a comment's earlier texts are shown, newest first; all of them may be 200,000 characters."""
MOST_APPEALS = 500
"""Appeals against removals that are shown at once; the next follow when these are answered."""


@dataclass(frozen=True)
class Pile:
    """Comments of one state in the order they are worked through."""

    name: str
    title: str
    state: int
    oldest_first: bool = False
    with_appeals: bool = False

    def page(self, after: int | None = None) -> tuple[list[Comment], int | None]:
        """A page of the pile, and what to ask for the next one with (the last comment's number in the table)."""
        comments = self._ordered(after)[: PAGE + 1]
        shown = list(comments)[:PAGE]
        return shown, shown[-1].pk if len(comments) > PAGE else None

    def count(self) -> int:
        return self._comments().count()

    def _comments(self) -> QuerySet[Comment]:
        """All of the pile. Appeals are few, and most of the time there is none."""
        belongs = Q(state=self.state)
        if self.with_appeals and (appealed := list(_appealed_removals())):
            belongs |= Q(pk__in=appealed)
        return Comment.objects.filter(belongs)

    def _ordered(self, after: int | None) -> QuerySet[Comment]:
        sign, later = ("", "gt") if self.oldest_first else ("-", "lt")
        comments = with_context(self._comments())
        if after is not None and (last := Comment.objects.filter(pk=after).first()):
            beyond = Q(**{f"posted_at__{later}": last.posted_at})
            comments = comments.filter(beyond | Q(posted_at=last.posted_at, **{f"pk__{later}": last.pk}))
        return comments.order_by(f"{sign}posted_at", f"{sign}pk")


WAITING = Pile("waiting", "Waiting", Comment.State.HELD, oldest_first=True, with_appeals=True)
PUBLISHED = Pile("published", "Published lately", Comment.State.PUBLISHED)
REMOVED = Pile("removed", "Removed", Comment.State.REMOVED)
PILES = {pile.name: pile for pile in (WAITING, PUBLISHED, REMOVED)}


def pile_of(comment: Comment) -> Pile | None:
    """Where a comment lies; None for what lies nowhere, such as a withdrawn one."""
    return next((pile for pile in PILES.values() if pile.state == comment.state), None)


def discussed_lately(most: int = 8) -> list[Thread]:
    """The liveliest threads, each with its comments of the last hour and of the last day: `just_now`, `lately`."""
    now = timezone.now()
    fresh = Q(comments__posted_at__gte=now - timedelta(days=1), comments__state=Comment.State.PUBLISHED)
    lively = Thread.objects.filter(fresh).annotate(
        just_now=Count("comments", filter=Q(comments__posted_at__gte=now - timedelta(hours=1))),
        lately=Count("comments"),
    )
    return list(lively.select_related("article").order_by("-just_now", "-lately", "-pk")[:most])


def _appealed_removals() -> QuerySet[Appeal, int]:
    appeals = Appeal.objects.filter(answered_at=None, comment__state=Comment.State.REMOVED)
    return appeals.order_by("pk").values_list("comment", flat=True)[:MOST_APPEALS]


def with_context(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With the article, what it answers, and the records that say why it is where it is."""
    holds: Any = Prefetch("holds", Hold.objects.filter(ended_at=None), to_attr="open_holds")
    removals: Any = Prefetch(
        "removals",
        Removal.objects.filter(undone_at=None).select_related("removed_by"),
        to_attr="standing_removals",
    )
    appeals: Any = Prefetch("appeals", Appeal.objects.filter(answered_at=None), to_attr="open_appeals")
    revisions: Any = Prefetch(
        "revisions",
        CommentRevision.objects.defer("source").order_by("-pk")[:LATEST_CHANGES],
        to_attr="latest_revisions",
    )
    known = comments.select_related("thread__article", "parent", "reader", "passage", "pin", "pick").annotate(
        edits=_edits()
    )
    return known.prefetch_related(holds, removals, appeals, revisions)


def _edits() -> Coalesce:
    """How often its author changed a comment."""
    each = CommentRevision.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    return Coalesce(Subquery(each.annotate(edits=Count("pk")).values("edits")), 0)

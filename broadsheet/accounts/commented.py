"""A reader's own comments, in every state, for their eyes only."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Prefetch

from broadsheet.discussion import receipts
from broadsheet.discussion.models import Comment, Hold, Removal
from broadsheet.kit.pages import NotThere
from broadsheet.readers.models import Reader

PAGE = 50


def counts_of(reader: Reader) -> Mapping[str, int]:
    """How many of their comments are published, and how many wait."""
    found = Comment.objects.filter(reader=reader).order_by().values_list("state").annotate(Count("pk"))
    by_state = dict(found)
    return {
        "published": by_state.get(Comment.State.PUBLISHED, 0),
        "waiting": by_state.get(Comment.State.HELD, 0),
    }


def page_of(reader: Reader, *, before: str = "") -> tuple[list[Comment], int | None]:
    """Their comments with what is known of each, latest first, and what to ask for those before with."""
    comments = Comment.objects.filter(reader=reader).exclude(state=Comment.State.PRIVATE)
    if before:
        if not (before.isascii() and before.isdecimal() and len(before) < 19):
            raise NotThere
        comments = comments.filter(pk__lt=int(before))
    holds: Any = Prefetch("holds", Hold.objects.filter(ended_at=None), to_attr="open_holds")
    removals: Any = Prefetch("removals", Removal.objects.filter(undone_at=None), to_attr="standing_removals")
    known = comments.select_related("thread__article").prefetch_related(holds, removals)
    found = list(known.order_by("-pk")[: PAGE + 1])
    for comment in found:
        comment.receipt_path = receipts.path_of(comment)  # type: ignore[attr-defined]
    shown = found[:PAGE]
    return shown, shown[-1].pk if len(found) > PAGE else None

"""Like a comment, or dislike it where the publication takes that. The deed writes one row; the worker counts.

One voice for each reader, or for each network of guests: more would be for whoever owns more machines.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.discussion import allowances
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drift import Drift, between
from broadsheet.discussion.models import Comment, Voice
from broadsheet.discussion.models.comment import score_hidden_for
from broadsheet.discussion.posting import NotPosted, TooMany
from broadsheet.events.models import Event
from broadsheet.events.recording import record
from broadsheet.masthead import speaking

V = TypeVar("V", bound=Model)

KINDS = frozenset({"comment.voiced"})
NONE = 0
"""In the place of a value: the voice is taken back."""
OVERLAP = timedelta(minutes=30)
"""How far `show_scores` looks back: three times its pause, for a worker that stood still a while."""


class OwnComment(NotPosted):
    status = 403


def values() -> list[int]:
    """What may be said of a comment here."""
    return [Voice.Value.LIKE, Voice.Value.DISLIKE] if settings.OPTIONS["dislikes"] else [Voice.Value.LIKE]


def give(comment: Comment, value: int | None, *, by: Commenter) -> None:
    """Say what one thinks of a visible comment, say otherwise, or take it back; a value that is none is refused."""
    value = _possible(comment, value, by)
    if by.reader is None and by.wrote(comment):
        return  # not counted, and not told: the answer would say who in this network wrote it
    with transaction.atomic():
        if _change(comment, value, by):
            record("comment.voiced", thread=comment.thread_id, comment=comment.pk)


def count(events: Sequence[Event]) -> None:
    """Count the voices of the comments anew (an event consumer)."""
    recount({event.facts["comment"] for event in events})


def recount(comments: Iterable[int] | QuerySet[Comment, Any]) -> int:
    """Count the voices of comments anew, on top of those they came with; how many comments' were wrong."""
    return len({each.seq for each in mend(comments)})


def mend(comments: Iterable[int] | QuerySet[Comment, Any]) -> list[Drift]:
    """Count the voices of comments anew; what had drifted."""
    counted = Comment.objects.filter(pk__in=comments).annotate(
        liked=F("imported_likes") + Count("voices", filter=Q(voices__value=Voice.Value.LIKE)),
        disliked=F("imported_dislikes") + Count("voices", filter=Q(voices__value=Voice.Value.DISLIKE)),
    )
    wrong = counted.exclude(likes=F("liked"), dislikes=F("disliked"))
    drift = []
    for pk, seq, *was, liked, disliked in wrong.values_list(
        "pk", "seq", "likes", "dislikes", "liked", "disliked"
    ):
        right = {"likes": liked, "dislikes": disliked}
        drift += between(dict(zip(right, was, strict=True)), right, seq)
        Comment.objects.filter(pk=pk).update(**right)
    return drift


def show_scores() -> None:
    """Have the pages printed again of comments that have just grown old enough for their score to be shown."""
    until = timezone.now() - score_hidden_for()
    voiced = Comment.objects.filter(
        Q(likes__gt=0) | Q(dislikes__gt=0),
        state=Comment.State.PUBLISHED,
        posted_at__gt=until - OVERLAP,
        posted_at__lte=until,
    )
    with transaction.atomic():
        for comment in voiced.only("thread_id"):
            record("comment.voiced", thread=comment.thread_id, comment=comment.pk)


def _possible(comment: Comment, value: int | None, by: Commenter) -> int:
    if value is None or value not in (NONE, *values()):
        raise NotPosted(_("That cannot be said of a comment here."))
    if by.reader is not None and by.wrote(comment):
        raise OwnComment(_("That is your own comment: others say what they think of it."))
    if exhausted := allowances.spend_voice(by):
        wait = exhausted.retry_after
        sentence = ngettext(
            "You like and dislike too fast. Wait %(n)s second and try again.",
            "You like and dislike too fast. Wait %(n)s seconds and try again.",
            wait,
        )
        raise TooMany(sentence % {"n": speaking.number(wait)}, wait)
    return value


def whose(by: Commenter) -> dict[str, Any]:
    """How a voice of theirs is found: by their account, or by their network."""
    return {"reader": by.reader, "network": ""} if by.reader else {"reader": None, "network": by.network}


def one(voices: QuerySet[V], **found_by: Any) -> tuple[V, bool]:
    """Their only voice, and whether it is a new one. The one that was in its way may be taken back this very moment."""
    for _try in range(3):
        with suppress(IntegrityError):
            return voices.get_or_create(**found_by)
    return voices.get_or_create(**found_by)


def _change(comment: Comment, value: int, by: Commenter) -> bool:
    """Whether anything became another; a voice that was given twice is one."""
    voices = Voice.objects.select_for_update()
    if value == NONE:
        return voices.filter(comment=comment, **whose(by)).delete()[0] > 0
    voice, is_new = one(voices, comment=comment, **whose(by), defaults={"value": value})
    if not is_new and voice.value != value:
        voice.value = value
        voice.save()
        return True
    return is_new

"""Polls: kept as the article asks them, one voice for each reader or network of guests, counted by the worker."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles import asked
from broadsheet.articles.models import Article
from broadsheet.discussion import allowances, reading
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drift import Drift
from broadsheet.discussion.models import Choice, Poll, PollVoice, Thread
from broadsheet.discussion.posting import NotPossibleNow, NotPosted, TooMany
from broadsheet.discussion.voicing import one, whose
from broadsheet.events.models import Event
from broadsheet.events.recording import record
from broadsheet.masthead import speaking

KINDS = frozenset({"poll.voiced"})


def keep(article: Article) -> None:
    """Bring what is kept up to date with what the article asks now; one that went keeps its voices."""
    found = [poll for poll in asked.polls_of(article.body) if poll.key] if article.live else []
    if not found and not Poll.objects.filter(thread__article=article, left_at=None).exists():
        return
    thread = reading.started_thread_of(article)
    Thread.locked(thread.pk)
    known = {poll.key: poll for poll in Poll.objects.filter(thread=thread)}
    number = max((poll.number for poll in known.values()), default=0)
    kept = []
    for each in found:
        poll = known.pop(each.key, None)
        if poll is None:
            number += 1
            poll = Poll(thread=thread, number=number, key=each.key)
        if poll.closes_at != each.closes_at:
            poll.closes_at, poll.closed_at = each.closes_at, None
        poll.question, poll.several, poll.shown, poll.left_at = each.question, each.several, each.shown, None
        poll.save()
        _keep_choices(poll, each.choices)
        kept.append(poll.pk)
    gone = [poll.pk for poll in known.values() if poll.left_at is None]
    Poll.objects.filter(pk__in=gone).update(left_at=timezone.now())
    recount(kept)


def _keep_choices(poll: Poll, choices: Sequence[tuple[str, str]]) -> None:
    known = {choice.key: choice for choice in poll.choices.all()}
    number = max((choice.number for choice in known.values()), default=0)
    for place, (key, text) in enumerate(choices):
        choice = known.pop(key, None)
        if choice is None:
            number += 1
            choice = Choice(poll=poll, number=number, key=key)
        choice.text, choice.place, choice.left_at = text[:200], place, None
        choice.save()
    gone = [choice.pk for choice in known.values() if choice.left_at is None]
    Choice.objects.filter(pk__in=gone).update(left_at=timezone.now())


def find(thread: Thread, number: int) -> Poll | None:
    return Poll.objects.filter(thread_id=thread.pk, number=number).first() if thread.pk else None


def choices_of(polls: Iterable[Poll]) -> dict[int, list[Choice]]:
    """What can be chosen in each, in order, in one query."""
    found: dict[int, list[Choice]] = {poll.pk: [] for poll in polls}
    for choice in Choice.objects.filter(poll__in=found, left_at=None).order_by("place", "number"):
        found[choice.poll_id].append(choice)
    return found


def give(poll: Poll, numbers: Sequence[int], *, by: Commenter) -> list[Choice]:
    """Choose these (none: take one's voice back), and return them; a voice that was given before becomes this one."""
    chosen = _possible(poll, numbers, by)
    with transaction.atomic():
        if _change(poll, chosen, by):
            record("poll.voiced", thread=poll.thread_id, poll=poll.pk)
    return chosen


def count(events: Sequence[Event]) -> None:
    """Count the voices of the polls anew (an event consumer)."""
    recount({event.facts["poll"] for event in events})


def recount(polls: Iterable[int] | QuerySet[Poll, Any]) -> list[Drift]:
    """Count the voices of polls and of their choices anew; which counts were wrong."""
    pks = list(polls)
    voices = Poll.objects.filter(pk__in=pks).annotate(
        counted=Count(
            "voices",
            filter=Q(voices__choices__left_at__isnull=True) & Q(voices__choices__isnull=False),
            distinct=True,
        )
    )
    chosen = Choice.objects.filter(poll__in=pks).annotate(counted=Count("voices"))
    return [*_mended(voices), *_mended(chosen)]


def _mended(counted: QuerySet[Any, Any]) -> Iterator[Drift]:
    for each in list(counted.exclude(voice_count=F("counted"))):
        counted.model._default_manager.filter(pk=each.pk).update(voice_count=each.counted)
        yield Drift(f"voices of “{each}”", each.voice_count, each.counted)


def close_due() -> None:
    """Have the pages printed again of polls whose time is over (the clock calls it)."""
    with transaction.atomic():
        due = Poll.objects.select_for_update().filter(closes_at__lte=timezone.now(), closed_at=None)
        for poll in due:
            poll.closed_at = poll.closes_at
            poll.save(update_fields=["closed_at"])
            record("poll.closed", thread=poll.thread_id, poll=poll.pk)


def _possible(poll: Poll, numbers: Sequence[int], by: Commenter) -> list[Choice]:
    if exhausted := allowances.spend_voice(by):
        wait = exhausted.retry_after
        sentence = ngettext(
            "You choose too fast. Wait %(n)s second and try again.",
            "You choose too fast. Wait %(n)s seconds and try again.",
            wait,
        )
        raise TooMany(sentence % {"n": speaking.number(wait)}, wait)
    if not poll.is_open:
        raise NotPossibleNow(_("This poll is closed: it takes no more voices."))
    chosen = [choice for choice in choices_of([poll])[poll.pk] if choice.number in numbers]
    if len(chosen) != len(set(numbers)):
        raise NotPosted(_("That cannot be chosen here. Choose from the list."))
    if len(chosen) > 1 and not poll.several:
        raise NotPosted(_("Only one can be chosen here."))
    return chosen


def _change(poll: Poll, chosen: Sequence[Choice], by: Commenter) -> bool:
    """Whether anything became another; a voice that was given twice is one."""
    voices = PollVoice.objects.select_for_update()
    if not chosen:
        theirs = list(
            voices.filter(poll=poll, **whose(by))
        )  # locked, so that nobody chooses with it meanwhile
        return sum(voice.delete()[0] for voice in theirs) > 0
    voice, is_new = one(voices, poll=poll, **whose(by))
    before = set() if is_new else set(voice.choices.values_list("pk", flat=True))
    if before == {choice.pk for choice in chosen}:
        return False
    voice.choices.set(chosen)
    voice.save()
    return True

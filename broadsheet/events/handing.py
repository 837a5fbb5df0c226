"""Hand events to those who consume them, exactly once.

Consumers only write to the database, in the transaction that marks the events as handed. What takes long or leaves
the database (a print, a letter) is written down as a row for whoever does it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.events.models import Event

logger = logging.getLogger(__name__)

BATCH = 200
KEPT = timedelta(days=30)
"""How long a fact stays after it was handed over: long enough to look into what went wrong."""


@dataclass(frozen=True)
class Consumer:
    kinds: frozenset[str]
    consume: Callable[[Any], None]
    """Is given what was read, and writes."""
    read: Callable[[Sequence[Event]], Any] = list
    """Looks up what is needed, before the transaction: whoever wants to write need not wait for it."""


class HandedMeanwhile(Exception):
    """Another worker handed some of these events; nothing of ours is written."""


def hand_events(consumers: Sequence[Consumer]) -> int:
    """Hand one batch of unhanded events over; the number that was handed."""
    events = _unhanded()
    if not events:
        return 0
    try:
        _hand(events, consumers)
    except HandedMeanwhile:
        return 0
    except Exception:
        logger.exception("A batch of events failed; handing them one by one.")
        return sum(_hand_alone(event, consumers) for event in events)
    return len(events)


def _hand(events: Sequence[Event], consumers: Sequence[Consumer]) -> None:
    found = []
    for consumer in consumers:
        if wanted := [event for event in events if event.kind in consumer.kinds]:
            found.append((consumer, consumer.read(wanted)))
    with transaction.atomic():
        mine = Event.objects.filter(pk__in=[event.pk for event in events], handed_at=None)
        if mine.update(handed_at=timezone.now()) != len(events):
            raise HandedMeanwhile
        for consumer, reading in found:
            consumer.consume(reading)


def _unhanded() -> list[Event]:
    """The longest waiting of those that are due."""
    due = Q(retry_at__isnull=True) | Q(retry_at__lte=timezone.now())
    return list(Event.objects.filter(due, handed_at__isnull=True).order_by("id")[:BATCH])


def _hand_alone(event: Event, consumers: Sequence[Consumer]) -> int:
    try:
        _hand([event], consumers)
    except HandedMeanwhile:
        return 0
    except Exception as error:
        logger.exception("Event %s (%s) failed and will be tried again.", event.pk, event.kind)
        pause = timedelta(seconds=min(3600, 2 ** (event.failures + 1)))
        Event.objects.filter(pk=event.pk).update(
            failures=event.failures + 1, retry_at=timezone.now() + pause, last_error=repr(error)[:2000]
        )
        return 0
    return 1


def forget_handed() -> int:
    """Delete the facts that everybody was told long ago; the clock calls it."""
    return Event.objects.filter(handed_at__lt=timezone.now() - KEPT).delete()[0]

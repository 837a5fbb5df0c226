"""Hand events to those who consume them, exactly once.

Consumers only write to the database, in the transaction that marks the events as handed. What takes long or leaves
the database (a print, a letter) is written down as a row for whoever does it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.events.models import Event

logger = logging.getLogger(__name__)

BATCH = 200


@dataclass(frozen=True)
class Consumer:
    kinds: frozenset[str]
    consume: Callable[[Sequence[Event]], None]


def hand_events(consumers: Sequence[Consumer]) -> int:
    """Hand one batch of unhanded events over; the number that was handed."""
    if not _unhanded(1):
        return 0  # looking costs no turn to write
    try:
        with transaction.atomic():
            events = _unhanded(BATCH)
            _consume(events, consumers)
            return len(events)
    except Exception:
        logger.exception("A batch of events failed; handing them one by one.")
    return sum(_hand_alone(event.pk, consumers) for event in _unhanded(BATCH))


def _unhanded(limit: int) -> list[Event]:
    """The longest waiting; inside a transaction they are this worker's alone until it ends."""
    due = Q(retry_at__isnull=True) | Q(retry_at__lte=timezone.now())
    events = Event.objects.filter(due, handed_at__isnull=True).order_by("id")
    if connection.in_atomic_block:
        events = events.select_for_update()
    return list(events[:limit])


def _consume(events: Sequence[Event], consumers: Sequence[Consumer]) -> None:
    if not events:
        return
    for consumer in consumers:
        if wanted := [event for event in events if event.kind in consumer.kinds]:
            consumer.consume(wanted)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(handed_at=timezone.now())


def _hand_alone(pk: int, consumers: Sequence[Consumer]) -> int:
    event = Event.objects.get(pk=pk)
    try:
        with transaction.atomic():
            mine = Event.objects.select_for_update().filter(pk=pk, handed_at__isnull=True)
            _consume(list(mine), consumers)
    except Exception as error:
        logger.exception("Event %s (%s) failed and will be tried again.", event.pk, event.kind)
        pause = timedelta(seconds=min(3600, 2 ** (event.failures + 1)))
        Event.objects.filter(pk=pk).update(
            failures=event.failures + 1, retry_at=timezone.now() + pause, last_error=repr(error)[:2000]
        )
        return 0
    return 1

"""The press at work: print what is due, one page after the other."""

import logging
import time
from itertools import islice

from django.db import transaction

from broadsheet.press import addresses, eviction, printing
from broadsheet.press.models import StalePrint
from broadsheet.press.refresh import EVERYTHING, PAUSE, mark_paths

logger = logging.getLogger(__name__)

MARKED_AT_ONCE = 200
REST = 600.0
"""Seconds without a change after which a page is compressed as well as possible."""


def print_due(limit: int = 50) -> int:
    """Print what is due; how many pages that were.

    Three in four are those marked last: a comment posted while many other pages are printed does not wait for them.
    """
    due = StalePrint.objects.filter(due_at__lte=time.time())
    latest = list(due.order_by("-marked")[: limit - limit // 4])
    others = due.exclude(pk__in=[stale.pk for stale in latest])
    longest = others.order_by("due_at", "-marked")[: limit - len(latest)]
    return sum(1 for stale in (*latest, *longest) if _print(stale))


def _print(stale: StalePrint) -> bool:
    started = time.time()
    try:
        if stale.path == EVERYTHING:
            _mark_everything()
        elif stale.at_rest:
            printing.compress_better(stale.path)
        else:
            printing.print_again(stale.path)
    except Exception:
        logger.exception("%s could not be printed; it will be tried again.", stale.path)
        StalePrint.objects.filter(pk=stale.pk).update(due_at=started + 10)
        return False
    _note_printed(stale, started)
    return True


@transaction.atomic  # where it queues with all who write; a statement of its own would wait in SQLite's sleeps
def _note_printed(stale: StalePrint, started: float) -> None:
    same = StalePrint.objects.filter(pk=stale.pk, marked=stale.marked)
    if stale.at_rest or stale.path == EVERYTHING:
        same.delete()
    elif not same.update(at_rest=True, due_at=started + REST, printed_at=started):
        # Marked again meanwhile: print once more, after the usual pause.
        StalePrint.objects.filter(pk=stale.pk).update(printed_at=started, due_at=started + PAUSE)


def _mark_everything() -> None:
    """Mark every page, some at a time, so that nobody who writes has to wait for long."""
    eviction.forget_all()
    paths = addresses.every()
    while some := list(islice(paths, MARKED_AT_ONCE)):
        mark_paths(some, patient=True)

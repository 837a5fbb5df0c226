"""The order “best”: weigh the votes, and now and then write down the roots in that order, for pages to be cut from."""

import time
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from math import sqrt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.discussion import reading
from broadsheet.discussion.drift import Drift
from broadsheet.discussion.models import Comment, Order, Pin, StaleOrder, Thread
from broadsheet.events.models import Event
from broadsheet.events.recording import record

KINDS = frozenset({"comment.published", "comment.hidden", "comment.voiced", "comment.distinguished"})
PAUSE = 30.0
"""Seconds between two orders of one thread, however hot it is."""
KEPT = 2
"""Orders of a thread that are kept: whoever reads on in the one before finds its pages in their places."""
AT_ONCE = 4
"""Threads that are ordered between two looks at other work."""
CHUNK = 500
_Z = 1.2816
"""The normal quantile of a two-sided interval of 80 %."""


def weight(likes: int, dislikes: int) -> int:
    """The lower end of Wilson's interval for the share of likes, in millionths: few votes weigh little."""
    votes = likes + dislikes
    if not votes:
        return 0
    share = likes / votes
    middle = share + _Z**2 / (2 * votes)
    spread = _Z * sqrt((share * (1 - share) + _Z**2 / (4 * votes)) / votes)
    return max(0, round((middle - spread) / (1 + _Z**2 / votes) * 1_000_000))


def note(events: Sequence[Event]) -> None:
    """Mark the orders of the threads in which something appeared, went or was voiced (an event consumer)."""
    mark({event.facts["thread"] for event in events})


def mark(threads: Iterable[int]) -> None:
    """Mark the orders of these threads as stale; those that are too small, and always were, have none."""
    ordered = Q(comment_count__gte=reading.RANKED) | Q(order_version__gt=0)
    large = Thread.objects.filter(ordered, pk__in=set(threads))
    now = time.time()
    StaleOrder.objects.bulk_create(
        [
            StaleOrder(thread_id=pk, due_at=now + PAUSE, marked=time.time_ns())
            for pk in large.values_list("pk", flat=True)
        ],
        update_conflicts=True,
        unique_fields=["thread"],
        update_fields=["marked"],
    )


def rank_due() -> int:
    """Make the orders that are due; how many threads that were."""
    due = list(StaleOrder.objects.filter(due_at__lte=time.time()).order_by("due_at")[:AT_ONCE])
    for stale in due:
        rank(stale.thread_id)
        same = StaleOrder.objects.filter(pk=stale.pk, marked=stale.marked)
        if not same.delete()[0]:
            StaleOrder.objects.filter(pk=stale.pk).update(due_at=time.time() + PAUSE)
    return len(due)


def mend(thread: int) -> list[Drift]:
    """Weigh a thread's votes anew, and make its order if it has another by now; what had drifted.

    A thread whose order is still to be made is only late.
    """
    if StaleOrder.objects.filter(pk=thread).exists():
        return []
    drift = _weigh(thread)
    known = Thread.objects.get(pk=thread)
    newest = Order.objects.filter(thread=thread, version=known.order_version).first()
    if newest is None and known.comment_count < reading.RANKED and not known.order_version:
        return drift
    was, right = [] if newest is None else newest.seqs, _best_first(thread)
    if was != right:
        rank(thread)
        misplaced = sum(1 for one, other in zip_longest(was, right) if one != other)
        drift.append(Drift("roots out of place in the order", misplaced, 0))
    return drift


def rank(thread: int) -> None:
    """Weigh a thread's votes, and write down its order if that has changed."""
    _weigh(thread)
    numbers = Order.packed(_best_first(thread))  # before the lock: it may take a while
    with transaction.atomic():
        locked = Thread.locked(thread)
        newest = Order.objects.filter(thread=thread, version=locked.order_version).first()
        if newest is not None and bytes(newest.numbers) == numbers:
            return
        version = locked.order_version + 1
        Order.objects.create(thread=locked, version=version, numbers=numbers, made_at=timezone.now())
        Order.objects.filter(thread=thread, version__lte=version - KEPT).delete()
        Thread.objects.filter(pk=thread).update(order_version=version)
        record("thread.ranked", thread=thread, version=version)


def _best_first(thread: int) -> list[int]:
    """The numbers of the roots that can be shown: pinned ones first, then by weight, then by age."""
    roots = Comment.objects.filter(thread=thread, depth=0, sib__isnull=False).filter(reading.in_place())
    pinned = set(Pin.objects.filter(thread=thread).values_list("comment__seq", flat=True))
    found = roots.order_by("-best", "seq").values_list("seq", flat=True)
    return sorted(found, key=lambda seq: seq not in pinned)


def _weigh(thread: int) -> list[Drift]:
    """Bring `best` up to date, and say what was not.

    Some comments in each transaction: nobody who posts waits for all of them.
    """
    voted = Comment.objects.filter(thread=thread).filter(Q(likes__gt=0) | Q(dislikes__gt=0) | Q(best__gt=0))
    known = voted.order_by("seq").values_list("pk", "seq", "likes", "dislikes", "best")
    wrong, drift = [], []
    for pk, seq, likes, dislikes, best in known:
        right = weight(likes, dislikes)
        if right != best:
            wrong.append(Comment(pk=pk, best=right))
            drift.append(Drift("best", best, right, seq))
    for start in range(0, len(wrong), CHUNK):
        Comment.objects.bulk_update(wrong[start : start + CHUNK], ["best"])
    return drift

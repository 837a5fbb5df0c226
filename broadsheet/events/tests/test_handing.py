"""Every fact reaches every consumer exactly once, whatever fails in between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from broadsheet.events import handing
from broadsheet.events.handing import Consumer, hand_events
from broadsheet.events.models import Beat, Event
from broadsheet.events.recording import record

pytestmark = pytest.mark.django_db(databases="__all__")


class Ledger:
    """A consumer as they all are: it writes to the database. A row for each fact it was told, and how often."""

    def __init__(self, *kinds):
        self.consumer = Consumer(frozenset(kinds or {"tide.came"}), self.consume)
        self.fails_at: set[int] = set()
        self.batches = 0

    def consume(self, events):
        self.batches += 1
        for event in events:
            if event.facts["n"] in self.fails_at:
                raise RuntimeError(f"cannot take {event.facts['n']}")
            name = f"{id(self)}/{event.facts['n']}/{Beat.objects.count()}"
            Beat.objects.create(name=name, beat_at=timezone.now())

    @property
    def told(self):
        mine = Beat.objects.filter(name__startswith=f"{id(self)}/").values_list("name", flat=True)
        return sorted(int(name.split("/")[1]) for name in mine)


def come(count, kind="tide.came", first=0):
    for n in range(first, first + count):
        record(kind, n=n)


def hand_all(*ledgers):
    for _ in range(100):
        if not hand_events([ledger.consumer for ledger in ledgers]):
            return


def due_again():
    Event.objects.filter(handed_at=None).update(retry_at=None)


def test_every_consumer_is_told_every_fact_of_its_kinds_once():
    first, second, other = Ledger(), Ledger("tide.came", "tide.went"), Ledger("moon.rose")
    come(3)
    come(2, "tide.went", first=3)
    hand_all(first, second, other)
    hand_all(first, second, other)
    assert (first.told, second.told, other.told) == ([0, 1, 2], [0, 1, 2, 3, 4], [])
    assert not Event.objects.filter(handed_at=None).exists()


def test_more_than_a_batch_is_handed_in_the_order_it_was_recorded(monkeypatch):
    monkeypatch.setattr(handing, "BATCH", 10)
    seen = []
    come(35)
    while hand_events(
        [Consumer(frozenset({"tide.came"}), lambda events: seen.extend(e.facts["n"] for e in events))]
    ):
        pass
    assert seen == list(range(35))


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_a_consumer_looks_up_keeps_nobody_from_writing():
    with transaction.atomic():
        record("tide.came", n=1)
    seen = []
    looking = Consumer(
        frozenset({"tide.came"}),
        consume=lambda found: seen.append((found, connection.in_atomic_block)),
        read=lambda events: (len(events), connection.in_atomic_block),
    )
    assert hand_events([looking]) == 1
    assert seen == [((1, False), True)]


def test_a_fact_of_a_deed_that_was_undone_is_told_to_nobody():
    ledger = Ledger()
    with pytest.raises(RuntimeError), transaction.atomic():
        record("tide.came", n=1)
        raise RuntimeError
    hand_all(ledger)
    assert ledger.told == []


def test_one_that_poisons_does_not_keep_the_others_waiting():
    ledger = Ledger()
    ledger.fails_at = {4}
    come(10)
    hand_all(ledger)
    assert ledger.told == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    poison = Event.objects.get(handed_at=None)
    assert poison.facts == {"n": 4}
    assert poison.failures == 1 and "cannot take 4" in poison.last_error
    assert poison.retry_at is not None and poison.retry_at > timezone.now()


def test_what_failed_is_told_once_when_it_works_again():
    ledger, other = Ledger(), Ledger()
    ledger.fails_at = {0, 1}
    come(3)
    hand_all(other, ledger)
    assert (other.told, ledger.told) == ([2], [2])
    due_again()
    hand_all(other, ledger)
    assert Event.objects.filter(handed_at=None).count() == 2
    assert set(Event.objects.filter(handed_at=None).values_list("failures", flat=True)) == {2}
    ledger.fails_at = set()
    due_again()
    hand_all(other, ledger)
    assert (other.told, ledger.told) == ([0, 1, 2], [0, 1, 2])


def test_what_poisons_is_tried_ever_more_rarely_and_at_least_hourly():
    ledger = Ledger()
    ledger.fails_at = {0}
    come(1)
    pauses = []
    for failures in (0, 1, 5, 30, 1000):
        Event.objects.update(retry_at=None, failures=failures)
        before = timezone.now()
        hand_all(ledger)
        pauses.append(round((Event.objects.get().retry_at - before).total_seconds()))
    assert pauses[:3] == sorted(pauses[:3])
    assert 2 <= pauses[0] <= 5 and pauses[-1] in {3600, 3601}


def test_what_is_not_due_again_is_left_alone():
    ledger = Ledger()
    ledger.fails_at = {0}
    come(1)
    hand_all(ledger)
    tries = ledger.batches
    hand_all(ledger)
    assert ledger.batches == tries


def test_a_fact_is_forgotten_a_month_after_it_was_told_and_never_before_it_was():
    ledger = Ledger()
    come(2)
    hand_events([ledger.consumer])
    come(1, first=2)
    long_ago = timezone.now() - handing.KEPT - timedelta(seconds=1)
    Event.objects.filter(facts__n__in=[0, 2]).update(recorded_at=long_ago)
    Event.objects.filter(facts__n=0).update(handed_at=long_ago)
    assert handing.forget_handed() == 1
    hand_events([ledger.consumer])
    assert ledger.told == [0, 1, 2]
    assert sorted(event.facts["n"] for event in Event.objects.all()) == [1, 2]


def test_a_worker_killed_after_the_consumers_and_before_the_mark_tells_nobody_twice():
    """The kill: everything of the batch but its last statement happened, and then nothing more."""
    ledger = Ledger()
    come(5)

    class Killed(BaseException):
        pass

    def die(events):
        raise Killed

    dying = Consumer(ledger.consumer.kinds, die)
    with pytest.raises(Killed):
        hand_events([ledger.consumer, dying])
    assert ledger.told == []
    hand_all(ledger)
    assert ledger.told == [0, 1, 2, 3, 4]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_workers_at_once_tell_every_fact_once(monkeypatch):
    monkeypatch.setattr(handing, "BATCH", 20)
    ledger = Ledger()
    told = []
    come(200)

    def work(_):
        mine = []
        consumer = Consumer(
            frozenset({"tide.came"}), lambda events: mine.extend(e.facts["n"] for e in events)
        )
        try:
            for _ in range(30):
                hand_events([consumer])
            return mine
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        for mine in threads.map(work, range(4)):
            told += mine
    assert sorted(told) == list(range(200))
    assert ledger.told == []

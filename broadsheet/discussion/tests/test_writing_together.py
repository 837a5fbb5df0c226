"""Comments that are ready at the same moment share one commit, and none suffers from another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.signals import connection_created

from broadsheet.discussion import writing
from broadsheet.discussion.models import Guest
from tests.patience import PATIENCE, eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("sqlite")]

MANY = 12


def guest(name):
    return lambda: Guest.objects.create(address_digest=name, address_sealed=b"sealed").address_digest


def failing():
    raise ValueError("This deed cannot be done.")


def close():
    connection.close()  # the calling thread's own


class Crowd:
    """Deeds that all wait while the first is being done; then they are written."""

    def __init__(self, group):
        self.group = group
        self.commits = 0

    def write(self, deeds):
        underway, may_end = threading.Event(), threading.Event()

        def first():
            underway.set()
            assert may_end.wait(PATIENCE)

        with ThreadPoolExecutor(len(deeds) + 1) as pool:
            leader = pool.submit(self._write, first)
            assert underway.wait(PATIENCE)
            futures = [pool.submit(self._write, deed) for deed in deeds]
            assert eventually(lambda: len(self.group._waiting) == len(deeds))
            may_end.set()
            leader.result()
            return [future.exception() or future.result() for future in futures]

    def _write(self, deed):
        try:
            return self.group.write(deed)
        finally:
            connection.close()


@pytest.fixture
def crowd():
    return Crowd(writing.Group())


@pytest.fixture
def transactions():
    """Counts the transactions that are opened, whichever thread opens them."""
    opened = []

    def listen(connection, **kwargs):
        begin = connection._start_transaction_under_autocommit

        def counted():
            opened.append(threading.get_ident())
            begin()

        connection._start_transaction_under_autocommit = counted

    connection_created.connect(listen)
    yield opened
    connection_created.disconnect(listen)


def test_those_who_wait_share_one_transaction_and_each_gets_its_own_answer(crowd, transactions):
    names = [f"guest {number}" for number in range(MANY)]
    assert crowd.write([guest(name) for name in names]) == names
    assert set(Guest.objects.values_list("address_digest", flat=True)) == set(names)
    assert len(transactions) == 2  # the first one's, and that of all who waited


def test_one_that_fails_does_not_take_the_others_along(crowd):
    answers = crowd.write([guest("before"), failing, guest("after"), guest("after")])
    assert answers[0] == "before" and answers[2] == "after"
    assert isinstance(answers[1], ValueError) and isinstance(answers[3], IntegrityError)
    assert set(Guest.objects.values_list("address_digest", flat=True)) == {"before", "after"}


def away():
    raise OperationalError("disk I/O error")


def test_when_the_database_does_not_answer_everybody_hears_of_it(crowd):
    answers = crowd.write([guest("one"), away, guest("two")])
    assert [str(answer) for answer in answers] == ["disk I/O error"] * 3
    assert not Guest.objects.exists()


def test_who_waits_for_too_long_is_told_so_and_nothing_of_theirs_is_written_later(monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.05)
    group, underway, may_end = writing.Group(), threading.Event(), threading.Event()

    def slow():
        underway.set()
        assert may_end.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        leader = pool.submit(group.write, slow)
        assert underway.wait(PATIENCE)
        with pytest.raises(OperationalError, match="Too many comments"):
            group.write(guest("too late"))
        may_end.set()
        leader.result()
        pool.submit(close).result()
    assert group.write(guest("in time")) == "in time"
    assert list(Guest.objects.values_list("address_digest", flat=True)) == ["in time"]


def test_a_deed_inside_a_transaction_ends_with_it():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        writing.write(guest("undone"))
        raise ZeroDivisionError
    assert not Guest.objects.exists()

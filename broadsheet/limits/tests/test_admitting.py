"""The limiter admits exactly what a rate says, under any number of hands, and refills as time goes."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from broadsheet.limits.limiting import Rate, admit, forget_empty, wait
from broadsheet.limits.models import Bucket

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def at(monkeypatch):
    """Set the clock to a second."""

    def at(second):
        monkeypatch.setattr(time, "time", lambda: 1_800_000_000 + second)

    at(0)
    return at


def admitted(count, rate, key="key"):
    return sum(admit(key, rate) for _ in range(count))


@pytest.mark.parametrize(
    "rate", [Rate(1, 1), Rate(3, 7), Rate(7, 3), Rate(12, 120), Rate(240, 60), Rate(1, 86400)]
)
def test_a_burst_gets_exactly_its_number(at, rate):
    assert admitted(rate.number + 5, rate) == rate.number


def test_a_place_comes_back_after_a_share_of_the_time(at):
    rate = Rate(6, 60)
    assert admitted(7, rate) == 6
    at(9.9)
    assert not admit("key", rate)
    at(10)
    assert admit("key", rate) and not admit("key", rate)
    at(40)
    assert admitted(9, rate) == 3
    at(100)
    assert admitted(9, rate) == 6


def test_over_a_long_time_no_more_pass_than_the_rate_and_one_burst(at):
    rate = Rate(5, 50)
    passed = 0
    for second in range(1000):
        at(second)
        passed += admitted(3, rate)
    assert 100 <= passed <= 105


def test_trying_in_vain_does_not_push_the_next_place_away(at):
    rate = Rate(2, 20)
    admitted(2, rate)
    admitted(500, rate)
    at(10)
    assert admit("key", rate)


def test_it_says_how_long_to_wait_and_that_is_enough(at):
    rate = Rate(3, 100)
    admitted(3, rate)
    for second in (0, 0.4, 17, 33):
        at(second)
        assert wait("key", rate) >= 1 and not admit("key", rate)
    assert wait("key", rate) == 1
    at(33 + 1)
    assert admit("key", rate)


def test_nobody_waits_where_there_is_room_and_taking_it_is_counted(at):
    assert [wait("key", Rate(2, 20)) for _ in range(3)] == [0, 0, 10]


def test_keys_do_not_touch_each_other(at):
    rate = Rate(1, 60)
    assert admit("one", rate) and admit("two", rate)
    assert not admit("one", rate)


def test_a_clock_set_back_locks_nobody_out_for_longer_than_the_window(at):
    rate = Rate(2, 10)
    at(3600)
    admitted(2, rate)
    at(3600 + 10)
    assert admit("key", rate)


def test_empty_buckets_are_forgotten_and_others_kept(at):
    admit("old", Rate(1, 10))
    at(11)
    admit("young", Rate(1, 10))
    assert forget_empty() == 1
    assert [bucket.key for bucket in Bucket.objects.all()] == ["young"]
    assert not admit("young", Rate(1, 10))


@pytest.mark.parametrize(
    "text", ["", "12", "12/", "/60", "0/60", "5/0", "-1/60", "a/b", "1.5/60", "5/60/2", "12 per minute"]
)
def test_a_rate_that_cannot_be_read_is_named(text):
    with pytest.raises(ValueError, match="number/seconds"):
        Rate.parse(text)


def test_a_rate_reads_number_and_seconds():
    assert Rate.parse("12/120") == Rate(12, 120)
    assert Rate.parse(" 3 / 4 ") == Rate(3, 4)


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("number", [1, 25])
def test_of_sixty_four_threads_tries_exactly_the_number_pass(number):
    rate = Rate(number, 3600)

    def attempt(_):
        try:
            return [admit("crowd", rate) for _ in range(3)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(64) as threads:
        results = [passed for tries in threads.map(attempt, range(64)) for passed in tries]
    assert len(results) == 192
    assert sum(results) == number
    assert Bucket.objects.count() == 1

"""The limiter admits exactly what a rate says, under any number of hands, and refills as time goes."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from broadsheet.limits.limiting import Rate, admit, admit_to_all, forget_empty, wait, wait_for_all
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


def test_where_one_of_several_is_full_nothing_is_counted_under_any(at):
    narrow, wide = Rate(2, 20), Rate(5, 50)
    for guest in ("ann", "bob"):
        assert sum(admit_to_all({guest: narrow, "all": wide}) for _ in range(4)) == 2
    assert admitted(5, narrow, "eve") == 2
    assert wait_for_all({"eve": narrow, "all": wide}) == 10
    assert admitted(5, wide, "all") == 1


def test_the_longest_wait_of_several_is_told(at):
    hour, minute = Rate(1, 3600), Rate(1, 60)
    assert admit_to_all({"hour": hour, "minute": minute})
    at(10)
    assert wait_for_all({"minute": minute, "hour": hour}) == 3590
    assert wait_for_all({"minute": minute, "none yet": hour}) == 50


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
    results = crowd(lambda thread: [admit("crowd", rate) for _ in range(3)])
    assert len(results) == 192
    assert sum(results) == number
    assert Bucket.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_threads_that_ask_for_several_at_once_count_no_more_than_what_passed():
    rate = Rate(25, 3600)
    results = crowd(lambda thread: [admit_to_all({f"own {thread % 16}": Rate(3, 3600), "crowd": rate})])
    assert sum(results) == 25
    own = Bucket.objects.exclude(key="crowd").values_list("empty_at", flat=True)
    assert sum(round((empty_at - time.time()) / 1200) for empty_at in own) == 25


def crowd(attempt):
    """Everything that 64 threads at once were answered."""

    def in_a_thread(number):
        try:
            return attempt(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(64) as threads:
        return [passed for tries in threads.map(in_a_thread, range(64)) for passed in tries]

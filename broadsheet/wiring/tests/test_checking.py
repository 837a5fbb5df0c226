"""What `broadsheet check` says of the clock, without which nothing is published on time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.events import beating
from broadsheet.events.models import Beat
from broadsheet.masthead import founding
from broadsheet.wiring import checking, starting

pytestmark = pytest.mark.django_db(databases="__all__")


def clock() -> checking.Answer:
    return next(answer for answer in checking.look_over() if answer.what.startswith("The clock"))


@pytest.fixture(autouse=True)
def home(tmp_path, settings, monkeypatch):
    """A home with its directories, which asks for nothing else."""
    monkeypatch.setattr(starting, "home", lambda: tmp_path)
    for name in starting.DIRECTORIES:
        (tmp_path / name).mkdir(parents=True)
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(founding, "publisher", lambda: None)


def test_a_publication_that_was_never_served_is_told_that_the_clock_is_not_running():
    assert clock().ok
    assert "is not running" in clock().what


def test_a_clock_that_goes_says_when_it_last_ticked():
    beating.beat("clock")
    assert clock().ok
    assert f"last ticked at {Beat.objects.get().beat_at:%Y-%m-%d}" in clock().what


def test_a_clock_that_stands_still_is_wrong():
    beating.beat("clock")
    Beat.objects.update(beat_at=timezone.now() - timedelta(minutes=3))
    assert not clock().ok
    assert "is not running: it last ticked at" in clock().what
    assert "broadsheet serve" in clock().mend

import pytest

from broadsheet.articles import moving
from broadsheet.articles.models import OldAddress
from broadsheet.events.models import Event

pytestmark = pytest.mark.django_db


def moved(was: str, now: str) -> Event:
    return Event(kind="person.changed", facts={"id": 1, "was": was, "now": now})


FEEDS = ("xml", "atom", "json")


def ways() -> dict[str, str]:
    return dict(OldAddress.objects.values_list("path", "target"))


def pages() -> dict[str, str]:
    return {path: target for path, target in ways().items() if "feed." not in path}


def test_an_old_address_leads_straight_to_the_newest():
    OldAddress.objects.create(path="/else/", target="/where/")
    moving.remember([moved("/by/a/", "/by/b/"), moved("/by/b/", "/by/c/")])
    assert pages() == {"/else/": "/where/", "/by/a/": "/by/c/", "/by/b/": "/by/c/"}


def test_moving_back_leaves_no_circle():
    moving.remember([moved("/by/a/", "/by/b/"), moved("/by/b/", "/by/a/")])
    assert pages() == {"/by/b/": "/by/a/"}


def test_a_change_that_moves_nothing_leaves_nothing():
    moving.remember([Event(kind="person.changed", facts={"id": 1})])
    assert ways() == {}


def test_the_feeds_lead_on_with_their_list():
    moving.remember([moved("/by/a/", "/by/b/")])
    assert ways() == {"/by/a/": "/by/b/"} | {f"/by/a/feed.{kind}": f"/by/b/feed.{kind}" for kind in FEEDS}


def test_what_was_deleted_is_gone_wherever_it_was_before():
    moving.remember([moved("/tag/a/", "/tag/b/"), moved("/tag/b/", "")])
    assert ways() == {"/tag/a/": "", "/tag/b/": ""}

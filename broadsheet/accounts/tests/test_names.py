"""Names that one account has to itself: the one it goes by, and for a while a few it went by before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.accounts.tests.cast import browser
from broadsheet.discussion import naming, withdrawing
from broadsheet.discussion.models import Comment, ReservedName
from broadsheet.discussion.tests.cast import posted
from broadsheet.wiring.schedule import SCHEDULE

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

[FREE] = [job.do for job in SCHEDULE if job.do is naming.free_left]


def rename(client, name):
    assert client.post("/account/name/", {"name": name}).status_code == 303


def marked(article, name):
    """Whether readers are told that a guest of this name may be somebody else."""
    said = f"I am {name}, comment {Comment.objects.count()}."
    return posted(article, said, name=name, address="198.51.100.7").mark == naming.OTHER


def aged(**time):
    ReservedName.objects.exclude(left_at=None).update(left_at=timezone.now() - timedelta(**time))


def test_a_name_that_a_reader_left_is_free_after_a_year(article, alice):
    client = browser(alice)
    posted(article, client=client)
    rename(client, "Gull")
    aged(days=364)
    FREE()
    assert marked(article, "Alice")
    aged(days=366)
    FREE()
    assert not marked(article, "Alice")


def test_a_name_that_a_reader_comes_back_to_stays_theirs(article, alice):
    client = browser(alice)
    posted(article, client=client)
    rename(client, "Gull")
    aged(days=364)
    rename(client, "ALICE")
    aged(days=366)
    FREE()
    assert marked(article, "Alice")


def test_a_name_under_which_nothing_stands_is_free_at_once(article, alice):
    client = browser(alice)
    withdrawing.withdraw(posted(article, client=client))
    assert marked(article, "Alice")
    rename(client, "Gull")
    assert not marked(article, "Alice")


def test_nobody_collects_names(article, alice, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_comments_network": "100/60"}
    client = browser(alice)
    names = [f"Gull of the {place} pier" for place in ("north", "south", "east", "west", "inner", "outer")]
    for name in names:
        rename(client, name)
        posted(article, f"{name} speaks.", client=client)
    assert ReservedName.objects.filter(reader=alice).values("name").distinct().count() == naming.MOST
    assert [marked(article, name) for name in names] == [False] + [True] * naming.MOST


def test_a_name_that_the_newsroom_changed_is_left_too(article, alice):
    posted(article, client=browser(alice))
    alice.name = "Gull"
    alice.save()
    FREE()
    assert ReservedName.objects.get().left_at

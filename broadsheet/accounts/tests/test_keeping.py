"""What readers are told is kept is what the clock forgets, to the day."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from broadsheet.accounts import keeping, naming
from broadsheet.accounts.tests.cast import ask, browser, letter_to
from broadsheet.discussion.models import Comment, ReservedName
from broadsheet.discussion.tests.cast import page, posted
from broadsheet.events.models import Event
from broadsheet.mail import suppressing
from broadsheet.mail.models import Letter, Suppression
from broadsheet.notices import following
from broadsheet.notices import keeping as followed
from broadsheet.notices.models import Follow, Follower, Notice
from broadsheet.readers import mailing
from broadsheet.readers.models import AddressChange, SignInCode
from broadsheet.wiring.schedule import SCHEDULE

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

KEPT = [*keeping.KEPT, *followed.KEPT]
JOBS = {job.name: job for job in SCHEDULE}
TIMED = [row for row in KEPT if row.period is not None]
FOLLOWERS = [row for row in TIMED if row.job == "forget addresses that follow nothing"]
A_DAY = timedelta(days=1)
DORA = "dora@example.org"


@pytest.fixture
def left(article, alice):
    """Something of each row, and how to make it as old as one wants: (age it by, is it there)."""
    posted(article)
    ask(browser(), alice.email)
    letter_to(alice.email)
    client = browser()
    client.force_login(alice)
    client.get("/account/")
    client.post("/account/address/", {"email": "new@example.org"})
    now = timezone.now()

    def networks(age):
        Comment.objects.exclude(network="").update(posted_at=now - age)
        return lambda: Comment.objects.exclude(network="").exists()

    def codes(age):
        SignInCode.objects.update(asked_at=now - age, expires_at=now - age + mailing.LIFETIME)
        return SignInCode.objects.exists

    def moves(age):
        AddressChange.objects.update(asked_at=now - age)
        return AddressChange.objects.exists

    def sessions(age):
        from django.contrib.sessions.models import Session

        standing = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        Session.objects.update(expire_date=now - age + standing)
        return UserSession.objects.exists

    def addresses(age):
        Letter.objects.update(ended_at=now - age)
        return lambda: Letter.objects.filter(address_sealed__isnull=False).exists()

    def letters(age):
        Letter.objects.update(ended_at=now - age, written_at=now - age)
        return Letter.objects.exists

    def facts(age):
        Event.objects.update(handed_at=now - age)
        return Event.objects.exists

    return {
        **{row: _follower(row, article) for row in FOLLOWERS},
        "free the names that readers left": _earlier_names(article, alice),
        "forget old notices": _notices(article, alice),
        "forget which mailboxes did not exist": _bounces,
        "forget the networks of old comments": networks,
        "forget old codes": codes,
        "forget old changes of address": moves,
        "forget ended sessions": sessions,
        "forget addresses of old letters": addresses,
        "forget old letters": letters,
        "forget facts that were handed over": facts,
    }


def _follower(row, article):
    """Both go by one job: who never said yes, and who ended it."""
    confirmed = row.period() == following.ENDED_KEPT

    def follows(age):
        follow = following.ask(posted(article, "At noon?", email=DORA), extent="replies", address=DORA)
        then = timezone.now() - age
        ended = {"confirmed_at": then, "ended_at": then} if confirmed else {}
        Follow.objects.filter(pk=follow.pk).update(asked_at=then, **ended)
        Follower.objects.update(made_at=then, confirmed_at=ended.get("confirmed_at"))
        return Follower.objects.exists

    return follows


def _earlier_names(article, alice):
    def names(age):
        posted(article, client=browser(alice))
        naming.rename(alice, "Gull")
        ReservedName.objects.update(left_at=timezone.now() - age)
        return ReservedName.objects.exists

    return names


def _notices(article, alice):
    def notices(age):
        made = {"kind": "section", "made_at": timezone.now() - age}
        Notice.objects.update_or_create(reader=alice, article=article, defaults=made)
        return Notice.objects.exists

    return notices


def _bounces(age):
    suppressing.suppress(DORA, Suppression.Cause.BOUNCED)
    Suppression.objects.update(made_at=timezone.now() - age)
    return Suppression.objects.exists


@pytest.mark.parametrize("row", TIMED, ids=[row.job for row in TIMED])
def test_the_clock_forgets_after_the_time_that_readers_are_told_and_not_before(row, left):
    period, hair = row.period(), timedelta(minutes=1)
    age = left.get(row) or left[row.job]
    is_there = age(period - hair)
    JOBS[row.job].do()
    assert is_there(), "forgotten too early"
    is_there = age(period + hair)
    JOBS[row.job].do()
    assert not is_there(), "kept for longer than is told"
    assert JOBS[row.job].every <= A_DAY


def test_a_row_without_a_time_says_what_ends_it():
    assert all(str(row.until) for row in KEPT if row.period is None)
    assert all(row.job for row in TIMED)


def test_the_page_tells_each_row_and_follows_the_option(publication, monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "networks_days", 45)
    html = page("/privacy-of-readers/")
    assert html.count("<tr>") == len(KEPT) + 1
    for told in ("45 days", "30 minutes", "14 days", "60 days", "180 days", "365 days", "not kept at all"):
        assert f"<td>{told}</td>" in html, told


def test_the_page_is_named_at_the_form_and_at_the_door(article):
    assert "/privacy-of-readers/" in page(article.path)
    assert "/privacy-of-readers/" in browser().get("/account/sign-in/").content.decode()

"""Where and how often: per kind, at an hour of one's own day, in one's own language, never in quiet hours."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.discussion.tests.cast import posted
from broadsheet.kit.tests import corpora
from broadsheet.mail.models import Letter
from broadsheet.notices import timing
from broadsheet.notices.models import Follower, Mode
from broadsheet.notices.tests.cast import followed, later, work

pytestmark = pytest.mark.django_db(databases="__all__")

KINDS = ("replies", "mentions", "thread", "reader", "byline", "section", "tag")
NOON = datetime(2026, 3, 4, 12, 20, tzinfo=UTC)  # a Wednesday


def chosen(**more):
    return {f"mail-{kind}": "at-once" for kind in KINDS} | more


def reply(comment, text="I have."):
    return posted(comment.thread.article, text, name="bob", parent=comment.seq, address="192.0.2.9")


@pytest.mark.parametrize(
    ("mode", "zone", "due"),
    [
        (Mode.AT_ONCE, "", None),
        (Mode.HOURLY, "Asia/Kolkata", "2026-03-04 18:00 +0530"),
        (Mode.DAILY, "Europe/Berlin", "2026-03-05 07:00 +0100"),
        (Mode.DAILY, "Pacific/Auckland", "2026-03-05 07:00 +1300"),
        (Mode.WEEKLY, "America/New_York", "2026-03-09 07:00 -0400"),
    ],
)
def test_a_letter_goes_at_an_hour_of_its_readers_own_day(mode, zone, due):
    at = timing.due_at(Follower(zone=zone), mode, NOON)
    assert (at and at.strftime("%Y-%m-%d %H:%M %z")) == due


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "due"),
    [
        (22, 8, 23, "05 08:00"),
        (22, 8, 3, "04 08:00"),
        (22, 8, 9, None),
        (9, 17, 9, "04 17:00"),
        (5, 5, 5, None),
    ],
)
def test_no_letter_comes_in_quiet_hours(begins, ends, hour, due):
    follower = Follower(quiet_from=begins, quiet_until=ends, zone="Europe/Lisbon")
    at = timing.due_at(follower, Mode.AT_ONCE, NOON.replace(hour=hour))
    assert (at and at.strftime("%d %H:%M")) == due


def test_a_digest_that_falls_into_quiet_hours_comes_at_their_end():
    follower = Follower(quiet_from=22, quiet_until=9, zone="Europe/Lisbon")
    at = timing.due_at(follower, Mode.DAILY, NOON)
    assert at.strftime("%d %H:%M") == "05 09:00"


def test_each_kind_has_its_own_pace_and_the_soonest_reason_counts(article):
    comment, place = followed(article)
    Client().post(f"/follows/new{article.path}", {"email": "alice@example.org"})
    later(days=2)
    work()
    Client().post(f"{place}confirmation/")
    answer = Client().post(
        f"{place}preferences/", chosen(**{"mail-thread": "weekly", "mail-replies": "daily"})
    )
    assert answer.status_code == 303
    assert "It is saved." in Client().get(answer["Location"]).content.decode()
    posted(article, "Elsewhere in it", name="bob", address="192.0.2.9")
    reply(comment)
    assert work() == []
    kinds = Letter.objects.filter(state="queued").values_list("kind", flat=True)
    assert sorted(kinds) == ["replies-daily", "replies-weekly"]


def test_what_was_kept_back_waits_for_the_end_of_quiet_hours_too(article):
    comment, place = followed(article)
    Client().post(f"{place}preferences/", chosen(**{"mail-replies": "daily"}))
    reply(comment)
    assert work() == []
    now = timezone.now()
    Follower.objects.update(zone="Africa/Abidjan", quiet_from=now.hour, quiet_until=(now.hour + 2) % 24)
    Letter.objects.filter(state="queued").update(due_at=now)
    assert work() == []
    waiting = Letter.objects.get(state="queued")
    assert waiting.due_at.hour == (now.hour + 2) % 24 and waiting.due_at > now
    assert (waiting.tries, waiting.reason) == (0, "Its reader wants no letters at this hour.")
    Follower.objects.update(quiet_from=None, quiet_until=None)
    Letter.objects.filter(state="queued").update(due_at=now)
    assert len(work()) == 1


def test_a_digest_catches_up_after_an_outage_with_one_letter(article):
    comment, place = followed(article)
    Client().post(f"{place}preferences/", chosen(**{"mail-replies": "daily"}))
    for day in range(4):
        reply(comment, f"Day {day}")
        work()
        Letter.objects.filter(kind="replies-daily").update(
            due_at=timezone.now() + timedelta(hours=2), written_at=timezone.now() - timedelta(days=4 - day)
        )
    Letter.objects.update(due_at=timezone.now() - timedelta(days=1))
    [letter] = work()
    assert letter.subject == "4 answers under “The tide is late”"
    assert not Letter.objects.filter(state="queued").exists()


def test_a_letter_is_in_the_language_its_reader_chose(article):
    comment, place = followed(article)
    Client().post(f"{place}preferences/", chosen(language="de"))
    reply(comment)
    [letter] = work()
    assert letter.subject == "1 Antwort zu „The tide is late“"
    assert 'lang="de"' in letter.alternatives[0][0]


def test_a_guest_sees_no_notices_to_choose_and_a_reader_does(article, alice):
    _, place = followed(article)
    guests = Client().get(place).content.decode()
    assert guests.count('name="mail-') == len(KINDS)
    assert 'name="site-' not in guests
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    client.force_login(alice)
    own = client.get("/notices/follows/").content.decode()
    assert own.count('name="site-') == len(KINDS)
    assert not Follower.objects.filter(reader=alice).exists(), "looking changes nothing"


def test_a_reader_who_chooses_how_often_mentions_come_follows_them(article, alice):
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    client.force_login(alice)
    assert '<option value="off" selected>' in client.get("/notices/follows/").content.decode()
    client.post("/notices/follows/preferences/", chosen())
    posted(article, "It is me.", client=client, HTTP_SEC_FETCH_SITE="same-origin")
    posted(article, "As @Alice says.", name="bob", address="192.0.2.9")
    assert [letter.to for letter in work()] == [["alice@example.org"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"quiet_from": "22"},
        {"quiet_from": "24", "quiet_until": "3"},
        {"zone": "Mars/Olympus"},
        {"mail-tag": "x"},
    ],
)
def test_what_cannot_be_is_refused_and_what_was_chosen_stays(article, wrong):
    _, place = followed(article)
    answer = Client().post(f"{place}preferences/", chosen(**{"mail-thread": "weekly"}) | wrong)
    assert answer.status_code == 422
    assert '<option value="weekly" selected>' in answer.content.decode()
    assert not Follower.objects.get().preferences.exists()


@pytest.mark.hostile("follow_preferences")
@pytest.mark.only_on("sqlite")
def test_hostile_strings_as_choices_are_refused(article, shared_dir):
    _, place = followed(article)
    for payload in list(corpora.hostile(shared_dir))[::400]:
        typed = payload.encode("utf-8", "replace").decode()
        answer = Client().post(f"{place}preferences/", chosen(zone=typed, quiet_from=typed))
        assert answer.status_code in {303, 422}
        assert "<script>alert" not in answer.content.decode()

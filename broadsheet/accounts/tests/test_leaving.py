"""An account goes, and what becomes of its comments its reader chooses; everything can be taken out first."""

import json
import zipfile
from io import BytesIO

import pytest
from django.test import Client

from broadsheet.accounts import leaving
from broadsheet.accounts.tests.cast import SIGN_IN, arrive, browser, signed_in
from broadsheet.discussion import deciding, polling, receipts
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.models import Choice, Comment, Poll, Voice
from broadsheet.discussion.tests.asked_cast import asking_article, poll
from broadsheet.discussion.tests.cast import page, posted, write
from broadsheet.events.models import Event
from broadsheet.readers.models import Departure, Profile, Reader
from broadsheet.wiring.worker import drain

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

LEAVE = "/account/leaving/"


def leave(reader, choice):
    return browser(reader).post(LEAVE, {"comments": choice, "sure": "1"})


def taken_out(client):
    answer = client.get("/account/takeout/")
    archived = zipfile.ZipFile(BytesIO(answer.getvalue()))
    assert archived.testzip() is None
    return {name: json.loads(archived.read(name)) for name in archived.namelist()}


def test_comments_stay_as_a_former_reader_s_and_nothing_else_of_the_account_does(alice, article, thread):
    comment = write(thread, "To be kept.", reader=alice, name="Alice", network="n" * 8, fingerprint="f")
    held = write(thread, "Waiting.", reader=alice, name="Alice", state=Comment.State.HELD)
    liked = write(thread, "Of another.")
    Voice.objects.create(comment=liked, reader=alice, value=1)
    Profile.objects.create(reader=alice)
    rev = thread.last_rev
    answer = leave(alice, "stay")
    assert answer.status_code == 200 and answer.cookies["signed_in"].value == ""
    while Departure.objects.exists():
        leaving.carry_out()
    assert not Reader.objects.filter(email="alice@example.org").exists()
    for each in (comment, held):
        each.refresh_from_db()
        assert (each.reader, each.author_name, each.network, each.fingerprint) == (
            None, "former reader", "", None,
        )  # fmt: skip
    html = page(article.path)
    assert "To be kept." in html and "former reader" in html and "Alice" not in html
    thread.refresh_from_db()
    assert thread.last_rev > rev
    assert not Voice.objects.exists() and not Profile.objects.exists()
    assert Event.objects.filter(kind="comment.voiced", facts__comment=liked.pk).exists()


def test_comments_are_withdrawn_where_the_reader_wants_it(alice, article, thread):
    alone = write(thread, "Alone.", reader=alice, name="Alice")
    answered = write(thread, "Answered.", reader=alice, name="Alice")
    write(thread, "The answer.", parent=answered)
    leave(alice, "go")
    for _ in range(3):
        leaving.carry_out()
    for each in (alone, answered):
        each.refresh_from_db()
        assert (each.state, each.source, each.author_name) == (Comment.State.WITHDRAWN, "", "")
    assert not Reader.objects.exists()
    assert Client().get(receipts.path_of(alone)).status_code == 200


def test_a_poll_that_somebody_voiced_counts_one_less_when_they_are_gone(alice, section):
    asking = asking_article(section, poll())
    chosen = Poll.objects.get()
    polling.give(chosen, [1], by=Commenter("192.0.2.1", alice))
    polling.give(chosen, [1], by=Commenter("192.0.2.2", None))
    drain()
    assert "2 voices" in page(f"{asking.path}polls/1/")
    leave(alice, "stay")
    while Departure.objects.exists():
        leaving.carry_out()
    drain()
    assert "1 voice<" in page(f"{asking.path}polls/1/")


def test_the_account_is_shut_at_once_and_a_letter_opens_none_until_it_is_gone(alice):
    elsewhere = browser(alice)
    leave(alice, "stay")
    assert not signed_in(elsewhere)
    leaving.carry_out()
    arrive("alice@example.org")
    assert Reader.objects.get().name != "Alice"


def test_much_goes_in_rounds_and_a_round_that_was_stopped_is_gone_on_with(alice, thread, monkeypatch):
    monkeypatch.setattr(leaving, "BATCH", 2)
    for n in range(5):
        write(thread, f"Word {n}.", reader=alice)
    leave(alice, "stay")
    left = []
    while Reader.objects.exists():
        leaving.carry_out()
        left.append(Comment.objects.filter(reader__isnull=False).count())
    assert left[:3] == [3, 1, 0]


@pytest.mark.parametrize("given", [{}, {"comments": "stay"}, {"sure": "1"}, {"comments": "x", "sure": "1"}])
def test_nobody_goes_by_half_a_form(alice, given):
    client = browser(alice)
    assert client.post(LEAVE, given).status_code == 422
    assert client.get(LEAVE).status_code == 200
    assert signed_in(client) and not Departure.objects.exists()


def test_staff_are_let_go_by_their_publisher(carol):
    assert leave(carol, "go").status_code == 403
    assert signed_in(browser(carol))


def test_what_somebody_decided_as_staff_once_stands_without_their_name(alice, carol, thread):
    removed = write(thread)
    deciding.remove(removed, by=carol, reason="an insult")
    Reader.objects.filter(pk=carol.pk).update(is_staff=False)
    leave(Reader.objects.get(pk=carol.pk), "stay")
    leaving.carry_out()
    assert not Reader.objects.filter(pk=carol.pk).exists()
    assert [(each.reason, each.removed_by) for each in removed.removals.all()] == [("an insult", None)]


def test_everything_held_is_in_one_archive(alice, article, thread):
    client = browser(alice)
    comment = posted(article, "Mine.", client=client)
    write(thread, "Waiting.", reader=alice, state=Comment.State.HELD)
    other = posted(article, "Of another.", name="bob")
    client.post(f"{article.path}c/{other.seq}/voice/", {"value": "1"})
    client.post("/account/profile/", {"about": "I like tides.", "shown": "1"})
    poll = Poll.objects.create(thread=thread, number=1, key="a", question="Tea?")
    Choice.objects.create(poll=poll, number=1, key="b", text="No", place=1)
    yes = Choice.objects.create(poll=poll, number=2, key="c", text="Yes", place=2)
    poll.voices.create(reader=alice).choices.add(yes)
    held = taken_out(client)
    lists = {"comments", "likes", "polls", "follows", "preferences", "notices"}
    assert set(held) == {"account.json", *(f"{name}.json" for name in lists)}
    assert held["account.json"]["email"] == alice.email
    assert held["account.json"]["public_page"]["about"] == "I like tides."
    assert [each["text"] for each in held["comments.json"]] == ["Mine.", "Waiting."]
    assert held["comments.json"][0]["receipt"].endswith(receipts.path_of(comment))
    assert [each["comment"].endswith(f"/c/{other.seq}/") for each in held["likes.json"]] == [True]
    assert [(each["question"], each["chosen"]) for each in held["polls.json"]] == [("Tea?", ["Yes"])]
    assert "Of another." not in json.dumps(held)


def test_an_archive_of_nothing_is_one_too(alice):
    held = taken_out(browser(alice))
    assert held["comments.json"] == held["likes.json"] == held["polls.json"] == []


def test_a_stranger_takes_out_nothing(alice):
    assert Client().get("/account/takeout/")["Location"].startswith(SIGN_IN)
    assert browser().post(LEAVE, {"comments": "go", "sure": "1"})["Location"].startswith(SIGN_IN)

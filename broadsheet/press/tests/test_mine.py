"""The one private answer: only to its reader, only about that reader, and never kept anywhere."""

import re

import pytest
from django.test import Client

from broadsheet.discussion import deciding, receipts
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import write
from broadsheet.discussion.tests.pictures import photograph, public, sent
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db(databases="__all__")

NOBODY = {"name": None, "staff": False, "moderates": False, "held": [], "liked": [], "unread": 0}


def signed_in(reader):
    client = Client()
    client.force_login(reader)
    return client


def test_nobody_in_particular_learns_nothing(db):
    answer = Client().get("/mine.json")
    assert answer.json() == NOBODY
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_reader_learns_of_the_own_held_comments_only(article, thread, alice, carol):
    held = write(thread, "Mine, held", name="Alice", reader=alice, state=Comment.State.HELD)
    write(thread, "Mine, seen", name="Alice", reader=alice)
    write(thread, "Mine, removed", name="Alice", reader=alice, state=Comment.State.REMOVED)
    write(thread, "Another's, held", name="Carol Reed", reader=carol, state=Comment.State.HELD)
    write(thread, "A guest's, held", name="Alice", state=Comment.State.HELD)
    answer = signed_in(alice).get("/mine.json")
    assert answer.json() == {
        "name": "Alice",
        "staff": False,
        "moderates": False,
        "held": [
            {
                "path": article.path,
                "seq": held.seq,
                "parent": None,
                "html": "<p>Mine, held</p>",
                "pictures": "",
                "receipt": receipts.path_of(held),
            }
        ],
        "liked": [],
        "unread": 0,
    }
    assert "no-store" in answer["Cache-Control"]


def test_staff_are_told_that_they_are(carol):
    assert signed_in(carol).get("/mine.json").json() == NOBODY | {
        "name": "Carol Reed",
        "staff": True,
        "moderates": True,
    }


def test_a_closed_account_and_a_forged_session_are_nobody(alice):
    client = signed_in(alice)
    Reader.objects.filter(pk=alice.pk).update(is_active=False)
    assert client.get("/mine.json").json() == NOBODY
    assert Client(HTTP_COOKIE="session=forged; signed_in=1").get("/mine.json").json() == NOBODY


def test_it_is_never_printed(alice, ask, prints):
    client = signed_in(alice)
    session = client.cookies["session"].value
    answer = ask("/mine.json", HTTP_COOKIE=f"session={session}")
    assert b"Alice" in answer.body
    assert ask("/mine.json").body != answer.body
    assert not list(prints.rglob("mine*"))


def test_it_takes_few_queries_however_much_is_held(article, thread, alice, django_assert_max_num_queries):
    for n in range(60):
        write(thread, f"{n}", reader=alice, state=Comment.State.HELD)
    client = signed_in(alice)
    with django_assert_max_num_queries(6):
        assert len(client.get("/mine.json").json()["held"]) == 50


def test_a_reader_sees_the_pictures_of_what_waits_by_the_receipt(article, alice, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.OPTIONS = settings.OPTIONS | {"hold_pictures": "everybody"}
    client = signed_in(alice)
    comment = sent(article, photograph(60, 40), client=client, HTTP_SEC_FETCH_SITE="same-origin")
    [held] = client.get("/mine.json").json()["held"]
    assert (held["seq"], held["html"]) == (comment.seq, comment.html)
    [small] = re.findall(r'src="([^"]+)"', held["pictures"])
    assert small.startswith(held["receipt"]) and 'alt="The quay at noon"' in held["pictures"]
    assert Client().get(small).status_code == 200 and Client().get(public(comment)).status_code == 404


def test_whoever_holds_a_receipt_is_told_of_the_comment_until_somebody_decides(thread, carol):
    asked = write(thread, "What do you think?", name="Oona")
    held = write(thread, "A guest's, held", name="Piet", parent=asked, state=Comment.State.HELD)
    path = f"{receipts.path_of(held)}waiting.json"
    answer = Client().get(path)
    [told] = answer.json()["held"]
    assert (told["seq"], told["parent"], told["html"]) == (held.seq, asked.seq, "<p>A guest's, held</p>")
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "no-referrer"
    for fate in (deciding.approve, deciding.remove):
        fate(held, by=carol)
        assert Client().get(path).json() == {"held": []}
    assert Client().get("/receipts/1.forged/waiting.json").status_code == 404

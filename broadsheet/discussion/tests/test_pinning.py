"""Pinned comments stand first, picked ones are recommended: a record each, undone at will, said to everybody."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from broadsheet.discussion import counting, deciding, pinning
from broadsheet.discussion.models import Pick, Pin
from broadsheet.discussion.tests.cast import fill, page, seqs, write
from broadsheet.kit.pages import NotThere
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def api(article, query=""):
    found = Client().get(f"{article.path}comments.json{query}").json()
    return {comment["seq"]: comment for comment in found["comments"]}


def test_a_pinned_conversation_stands_first_until_it_is_unpinned(article, thread, carol):
    first, second = write(thread), write(thread)
    pinning.pin(second, by=carol)
    html = page(article.path)
    assert seqs(html) == [second.seq, first.seq] and html.count(">Pinned<") == 1
    assert Pin.objects.get().pinned_by == carol
    pinning.unpin(second, by=carol)
    html = page(article.path)
    assert seqs(html) == [first.seq, second.seq] and ">Pinned<" not in html


def test_only_what_begins_a_conversation_and_can_be_seen_is_pinned_and_only_few(
    article, thread, carol, alice
):
    root = write(thread)
    reply = write(thread, parent=root)
    with pytest.raises(deciding.NotPossible):
        pinning.pin(reply, by=carol)
    with pytest.raises(PermissionDenied):
        pinning.pin(root, by=alice)
    deciding.remove(root, by=carol)
    for deed in (pinning.pin, pinning.pick, pinning.unpin, pinning.unpick):
        with pytest.raises(deciding.NotPossible):
            deed(root, by=carol)
    for _ in range(pinning.MOST_PINS):
        pinning.pin(write(thread), by=carol)
    with pytest.raises(deciding.NotPossible):
        pinning.pin(write(thread), by=carol)
    assert Pin.objects.count() == pinning.MOST_PINS and not Pick.objects.exists()


def test_a_long_discussion_leads_to_its_pinned_comments(article, thread, carol):
    fill(thread, 150)
    pinned = thread.comments.get(seq=140)
    pinning.pin(pinned, by=carol)
    html = page(article.path)
    assert 140 not in seqs(html)
    assert f'Pinned: <a href="{article.path}c/140/">' in html


def test_a_pick_is_marked_and_stands_on_the_page_of_picks_and_in_its_feed(article, thread, carol):
    other, reply = write(thread, "Irrelevant"), None
    reply = write(thread, "Well said.", name="Odile", parent=other)
    pinning.pick(reply, by=carol)
    assert Pick.objects.get().picked_by == carol
    assert page(article.path).count(">Editors’ pick<") == 1
    assert f'<a href="{article.path}comments/picks/">1 editors’ pick</a>' in page(article.path)
    for path in ("/comments/picks/", f"{article.path}comments/picks/"):
        html = page(path)
        assert "Well said." in html and "Irrelevant" not in html
    assert "Well said." in page("/comments/picks/feed.xml")
    pinning.unpick(reply, by=carol)
    assert "No comment has been picked yet." in page("/comments/picks/")
    with pytest.raises(NotThere):
        page(f"{article.path}comments/picks/")


def test_programs_and_transcripts_are_told_of_both(article, thread, carol):
    plain, root = write(thread), write(thread)
    rev = thread.comments.order_by("-rev").first().rev
    pinning.pin(root, by=carol)
    pinning.pick(root, by=carol)
    found = api(article)
    assert [(found[c.seq]["pinned"], found[c.seq]["picked"]) for c in (plain, root)] == [
        (False, False),
        (True, True),
    ]
    assert list(api(article, f"?since={rev}")) == [root.seq], "it is a visible change"
    read = {
        kind: Client().get(f"{article.path}transcript.{kind}").content.decode()
        for kind in ("html", "md", "json")
    }
    assert read["html"].count(">Pinned<") == read["html"].count(">Editors’ pick<") == 1
    assert read["md"].count(" · Pinned · Editors’ pick") == 1
    assert [c["picked"] for c in json.loads(read["json"])["comments"]] == [False, True]


def test_what_is_removed_is_neither_pinned_nor_picked_in_public(article, thread, carol):
    first, root = write(thread), write(thread, "Gone")
    write(thread, parent=root)
    pinning.pin(root, by=carol)
    pinning.pick(root, by=carol)
    deciding.remove(root, by=carol)
    counting.recount(thread)
    html = page(article.path)
    assert ">Pinned<" not in html and "Editors’ pick" not in html
    assert html.index(f'id="c-{first.seq}"') < html.index(f'id="c-{root.seq}"')
    assert not api(article)[root.seq]["pinned"] and not api(article)[root.seq]["picked"]
    assert "Gone" not in page("/comments/picks/")


def test_the_printed_pages_follow(article, thread, carol, clock):
    comment = write(thread, "Chosen")
    for path in (article.path, "/comments/picks/", "/comments/picks/feed.xml"):
        page(path)
    pinning.pick(comment, by=carol)
    drain()
    for path in (article.path, "/comments/picks/", "/comments/picks/feed.xml"):
        assert b"Chosen" in store.read(path)
    assert "Editors’ pick" in store.read(article.path).decode()
    page(f"{article.path}comments/picks/")
    clock.forward(5)
    deciding.remove(comment, by=carol)
    drain()
    assert b"Chosen" not in store.read("/comments/picks/")
    assert store.read(f"{article.path}comments/picks/") is None

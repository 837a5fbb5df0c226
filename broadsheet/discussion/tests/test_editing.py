"""Whoever holds a receipt may change the comment, for a while; what stood before is kept."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from broadsheet.discussion import deciding, receipts
from broadsheet.discussion.gates import Refused
from broadsheet.discussion.models import Comment, CommentRevision, Thread
from broadsheet.discussion.tests.cast import filled_in, page, post, posted, write
from broadsheet.press import store
from broadsheet.wiring.worker import drain
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db(databases="__all__")


def refuse_politics(question):
    """A gate of this test."""
    return Refused("Politics are talked about elsewhere.") if "politics" in question.draft.text else None


def edit(comment, text, **headers):
    headers = {"REMOTE_ADDR": "192.0.2.1"} | headers
    return Client().post(f"{receipts.path_of(comment)}revisions/", {"text": text}, **headers)


def receipt(comment):
    return Client().get(receipts.path_of(comment)).content.decode()


def again(comment):
    return Comment.objects.get(pk=comment.pk)


def aged(comment, minutes):
    """The comment as if it had been posted so long ago."""
    earlier = comment.posted_at - timedelta(minutes=minutes)
    Comment.objects.filter(pk=comment.pk).update(posted_at=earlier)
    return again(comment)


def test_an_edited_comment_says_the_new_and_keeps_the_old(article):
    comment = posted(article, "It came at *noon*.")
    answer = edit(comment, "It came at *one*.")
    assert (answer.status_code, answer["Location"]) == (303, receipts.path_of(comment))
    now = again(comment)
    assert (now.source, now.html) == ("It came at *one*.", "<p>It came at <em>one</em>.</p>")
    assert now.edited_at is not None and now.state == Comment.State.PUBLISHED
    before = CommentRevision.objects.get()
    assert (before.comment, before.source) == (comment, "It came at *noon*.")
    assert before.html == "<p>It came at <em>noon</em>.</p>"
    assert (before.written_at, before.replaced_at) == (comment.posted_at, now.edited_at)


def test_every_page_and_feed_follows_an_edit(article, thread):
    asked = write(thread, "Who saw it?")
    comment = posted(article, "Saw it at noon.", parent=asked.seq)
    drain()
    places = [
        article.path, f"{article.path}c/{comment.seq}/", f"{article.path}c/{asked.seq}/",
        f"{article.path}c/{asked.seq}/replies/1/", f"{article.path}comments/feed.xml",
        "/comments/", "/comments/feed.xml",
    ]  # fmt: skip
    for place in places:
        assert "Saw it at noon." in page(place), place
    live = Client().get(f"{article.path}thread.json").json()
    edit(comment, "Saw it at dusk.")
    drain()
    for place in places:
        text = Client().get(place).content.decode() if not printed(place) else printed(place)
        assert "Saw it at dusk." in text and "Saw it at noon." not in text, place
    assert Client().get(f"{article.path}thread.json").json()["rev"] == live["rev"] + 1
    assert "<mark>dusk</mark>" in Client().get("/search/?q=dusk&kind=comments").content.decode()
    [changed] = Client().get(f"{article.path}comments.json?since={live['rev']}").json()["comments"]
    assert changed["seq"] == comment.seq and changed["edited_at"]


def printed(place):
    """The print that stands there, as readers get it without the application."""
    content = store.read(place)
    return content.decode() if content else ""


def test_counts_do_not_move_when_a_comment_is_edited(article, thread):
    asked = write(thread)
    comment = posted(article, "One", parent=asked.seq)
    drain()
    edit(comment, "Two")
    drain()
    assert Thread.objects.get(pk=thread.pk).comment_count == 2
    assert again(asked).reply_count == again(asked).descendant_count == 1


def test_a_quarter_of_an_hour_later_it_is_too_late_and_the_words_come_back(article):
    comment = posted(article, "It came at noon.")
    assert "Change it" in receipt(aged(comment, 14))
    late = aged(comment, 16)
    assert "Change it" not in receipt(late)
    answer = edit(late, "It came <late>")
    assert answer.status_code == 409
    assert filled_in(answer.content.decode(), "text") == "It came <late>"
    assert "cannot be changed any more" in answer.content.decode()
    assert again(comment).source == "It came at noon." and not CommentRevision.objects.exists()


def test_an_answered_comment_cannot_be_edited_unless_the_publication_lets_it(article, settings):
    comment = posted(article, "Noon?")
    posted(article, "Noon!", name="bob", parent=comment.seq)
    assert "Change it" not in receipt(comment)
    assert edit(comment, "Never?").status_code == 409
    young = posted(article, "Dusk?")
    assert "or until somebody answers it" in receipt(young)
    settings.OPTIONS = settings.OPTIONS | {"edit_comments_answered": True}
    assert "Moderators can read" in receipt(young) and "until somebody answers" not in receipt(young)
    assert edit(comment, "Never?").status_code == 303
    drain()
    assert "Never?" in page(f"{article.path}c/{comment.seq + 1}/")


def test_a_publication_may_let_nobody_edit(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"edit_comments_minutes": 0}
    comment = posted(article, "See https://example.org/")
    assert "Change it" not in receipt(comment)
    assert edit(comment, "x").status_code == 409


def test_an_edit_that_a_gate_distrusts_is_held_with_its_reason_and_nothing_is_lost(article, thread):
    write(thread)
    comment = posted(article, "Look here.")
    edit(comment, "Look at https://example.org/ here.")
    now = again(comment)
    assert (now.state, now.source) == (Comment.State.HELD, "Look at https://example.org/ here.")
    assert "waits for a moderator: it contains a link" in receipt(comment)
    drain()
    text = page(article.path)
    assert "Look" not in text
    assert Thread.objects.get(pk=thread.pk).comment_count == 1


def test_an_edit_that_a_gate_refuses_comes_back_in_its_form(article, settings):
    settings.OPTIONS = {**settings.OPTIONS, "gates": [f"{__name__}.refuse_politics"]}
    comment = posted(article, "About fish.")
    answer = edit(comment, "About politics & fish.")
    assert answer.status_code == 403
    assert "Politics are talked about elsewhere." in answer.content.decode()
    assert filled_in(answer.content.decode(), "text") == "About politics & fish."
    assert again(comment).source == "About fish."


def test_a_comment_that_waits_may_be_edited_and_goes_on_waiting(article):
    comment = aged(posted(article, "See https://example.org/ for it."), 60)
    edit(comment, "No link any more.")
    now = again(comment)
    assert (now.state, now.source, now.rev) == (Comment.State.HELD, "No link any more.", None)
    assert now.holds.get().ended_at is None


def test_a_moderator_publishes_only_the_text_that_was_read(article, carol, client):
    carol.is_superuser = True
    carol.save()
    client.force_login(carol)
    comment = posted(article, "See https://example.org/ for it.")
    edit(comment, "See https://worse.example/ for it.")
    approval = f"/newsroom/comments/{comment.pk}/approval/"
    client.post(approval, {"edits": "0"})
    assert again(comment).state == Comment.State.HELD
    client.post(approval, {"edits": "1"})
    assert again(comment).state == Comment.State.PUBLISHED


def test_a_removed_comment_cannot_be_edited_back(article, carol):
    comment = posted(article, "Rude.")
    deciding.remove(comment, by=carol)
    assert edit(comment, "Polite.").status_code == 409
    assert again(comment).source == "Rude."


def test_an_edit_needs_neither_cookie_nor_origin_and_stays_private(article):
    comment = posted(article, "One")
    answer = edit(comment, "Two", HTTP_ORIGIN="null", HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == 303 and not answer.cookies
    for private in (answer, edit(comment, ""), Client().get(receipts.path_of(comment))):
        assert "no-store" in private["Cache-Control"]
        assert private["Referrer-Policy"] == "no-referrer"
        assert private["X-Robots-Tag"] == "noindex"


def test_only_whoever_holds_the_receipt_can_do_anything(article):
    comment = posted(article, "Mine")
    forged = receipts.path_of(comment)[:-2] + "/"
    for deed in ("revisions", "withdrawal", "appeals"):
        assert Client().post(f"{forged}{deed}/", {"text": "Yours"}).status_code == 404
    assert Client().get(f"{forged}data.json").status_code == 404
    assert again(comment).source == "Mine" and again(comment).visible


def test_edits_are_limited_as_comments_are(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_comments_network": "2/3600"}
    comment = posted(article, "One")
    answers = [edit(comment, f"Word {n}") for n in range(2)]
    assert [answer.status_code for answer in answers] == [303, 429]
    assert int(answers[1]["Retry-After"]) > 0
    assert filled_in(answers[1].content.decode(), "text") == "Word 1"


def changed_before(comment, times):
    """The comment as if its author had changed it so often."""
    CommentRevision.objects.bulk_create(
        CommentRevision(
            comment=comment, source=f"Text {n}", html=f"<p>Text {n}</p>",
            written_at=comment.posted_at, replaced_at=comment.posted_at,
        )
        for n in range(1, times + 1)
    )  # fmt: skip


@pytest.mark.parametrize("text", ["Noon.", "It waits, see https://example.org/"])
def test_after_twenty_changes_a_comment_stays_as_it_is(article, text):
    comment = posted(article, text)
    changed_before(comment, 19)
    assert edit(comment, "The twentieth").status_code == 303
    answer = edit(comment, "One <more>")
    html = answer.content.decode()
    assert answer.status_code == 409 and "changed as often as a comment may be" in html
    assert filled_in(html, "text") == "One <more>"
    assert "Change it" not in receipt(comment)
    assert again(comment).source == "The twentieth" and CommentRevision.objects.count() == 20


def test_moderators_see_how_often_a_comment_was_changed_and_its_latest_texts(article, carol, client):
    carol.is_superuser = True
    carol.save()
    client.force_login(carol)
    comment, other = posted(article, "See https://example.org/"), posted(article, "At https://example.net/")
    changed_before(comment, 12)
    changed_before(other, 1)
    html = client.get("/newsroom/comments/").content.decode()
    shown = [f"Text {n}" for n in (12, 11, 10)]
    assert re.findall(r"<p>(Text \d+)</p>", html) == [*shown, "Text 1"]
    assert "Changed by its author 12 times" in html and "The latest 3" in html
    assert f'name="edits" value="{12}"' in html and 'name="edits" value="1"' in html
    client.post(f"/newsroom/comments/{comment.pk}/approval/", {"edits": "12"})
    assert again(comment).visible


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_two_changes_at_once_only_one_can_be_the_last(article):
    comment = posted(article, "Noon.")
    changed_before(comment, 19)
    together = Barrier(2, timeout=PATIENCE)

    def change(text):
        try:
            together.wait()
            return edit(comment, text).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, ["One", "Two"])) == [303, 409]
    assert CommentRevision.objects.count() == 20


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), (" \u200b", 422), ("ы" * 10_001, 422), ("ы" * 40_000, 413)]
)
def test_a_text_that_no_comment_may_have_comes_back(article, text, status):
    comment = posted(article, "One")
    answer = edit(comment, text)
    assert answer.status_code == status
    assert filled_in(answer.content.decode(), "text") == text
    assert again(comment).source == "One"


def test_the_same_edit_sent_twice_is_one(article):
    comment = posted(article, "One")
    for _ in range(2):
        assert edit(comment, "Two").status_code == 303
    assert CommentRevision.objects.count() == 1


def test_an_edit_that_could_not_be_saved_comes_back_in_a_form_that_sends_it_again(article):
    comment = posted(article, "One")

    def fail_at_event(execute, sql, params, many, context):
        if "INSERT INTO" in sql and "events_event" in sql:
            raise OperationalError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail_at_event):
        answer = edit(comment, "Two <b>")
    html = answer.content.decode()
    assert answer.status_code == 503
    assert filled_in(html, "text") == "Two <b>"
    assert f'action="{receipts.path_of(comment)}revisions/"' in html
    assert again(comment).source == "One" and not CommentRevision.objects.exists()


@pytest.mark.parametrize("deed", ["revisions", "appeals"])
def test_words_outlive_a_database_that_is_away(article, deed):
    address = f"{receipts.path_of(posted(article, 'One'))}{deed}/"

    def fail(*_):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(fail):
        answer = Client().post(address, {"text": "Two <b>"})
    html = answer.content.decode()
    assert answer.status_code == 503 and answer["Referrer-Policy"] == "no-referrer"
    assert filled_in(html, "text") == "Two <b>" and f'action="{address}"' in html


def test_reading_the_address_of_a_deed_leads_to_the_receipt(article):
    comment = posted(article, "One")
    for deed in ("revisions", "withdrawal", "appeals"):
        answer = Client().get(f"{receipts.path_of(comment)}{deed}/")
        assert (answer.status_code, answer["Location"]) == (302, receipts.path_of(comment))
    assert again(comment).visible


def test_a_reader_with_an_account_changes_a_comment_from_the_same_page(article, alice, client):
    client.force_login(alice)
    answer = post(
        article, "Mine, with https://example.org/", client=client, HTTP_SEC_FETCH_SITE="same-origin"
    )
    comment = Comment.objects.latest("pk")
    assert comment.reader == alice and comment.visible
    changed = client.post(f"{answer['Location']}revisions/", {"text": "Mine, at https://example.net/"})
    assert changed.status_code == 303
    assert again(comment).visible and "example.net" in again(comment).html


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_an_edit_and_an_answer_at_the_same_moment_the_edit_is_first_or_is_refused(article):
    comments = [posted(article, f"Word {n}") for n in range(4)]
    together = Barrier(2, timeout=PATIENCE)

    def do(deed):
        try:
            together.wait()
            return deed().status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for comment in comments:
            edited = pool.submit(do, partial(edit, comment, f"Changed {comment.seq}"))
            answered = pool.submit(
                do, partial(post, article, "Yes?", f"bob {comment.seq}", parent=comment.seq)
            )
            assert answered.result() == 303 and edited.result() in (303, 409)
            now, answer = again(comment), Comment.objects.get(parent=comment)
            assert (now.edited_at is not None) == (edited.result() == 303)
            assert now.edited_at is None or now.edited_at <= answer.posted_at

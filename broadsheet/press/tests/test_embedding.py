"""One comment in a frame of another site: only there, without a script, and true to what became of it."""

import re

import pytest

from broadsheet.discussion import deciding, withdrawing
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import make_article, posted, write
from broadsheet.events.recording import record
from broadsheet.press import headers, store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def comment(article, thread):
    return write(thread, "It came at *noon*.", name="alice")


def embed(comment):
    return f"{comment.thread.article.path}c/{comment.seq}/embed/"


def test_it_may_stand_in_any_frame_and_nothing_else_may(ask, comment):
    path = embed(comment)
    for _ in range(2):  # made by the application, then handed out by the stand
        answer = ask(path)
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"] == headers.EMBED_POLICY
        assert "X-Frame-Options" not in answer.headers
        assert b"It came at" in answer.body and b"alice" in answer.body
        assert store.stands(path)
    article = comment.thread.article.path
    for other in (
        "/",
        article,
        f"{article}c/{comment.seq}/",
        f"{article}c/99/embed/",
        "/2026/03/02/x/c/1/embed/",
    ):
        assert "frame-ancestors 'none'" in ask(other).headers["Content-Security-Policy"], other


def test_it_has_no_script_no_form_and_its_links_open_elsewhere(ask, comment):
    html = ask(embed(comment)).body.decode()
    assert not re.search(r"<script|<form|<iframe|javascript:|\son\w+=", html, re.I)
    assert '<base target="_blank">' in html and 'content="noindex"' in html
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{comment.thread.article.path}c/1/">' in html


def test_an_edited_comment_is_edited_there_too(ask, comment):
    ask(embed(comment))
    Comment.objects.filter(pk=comment.pk).update(html="<p>It came at one.</p>")
    record("comment.edited", thread=comment.thread_id, comment=comment.pk)
    drain()
    assert b"It came at one." in ask(embed(comment)).body


def test_a_removed_comment_says_so_and_comes_back_when_it_is_restored(ask, comment, carol):
    ask(embed(comment))
    deciding.remove(comment, by=carol, reason="insults somebody")
    drain()
    answer = ask(embed(comment))
    assert answer.status == 200, "a frame shows the sentence, not an error"
    assert b"Removed by a moderator: insults somebody." in answer.body
    assert b"noon" not in answer.body and b"alice" not in answer.body
    deciding.restore(Comment.objects.get(pk=comment.pk), by=carol)
    drain()
    assert b"noon" in ask(embed(comment)).body


def test_a_withdrawn_comment_says_so(ask, article):
    comment = posted(article, "A rash word.", name="bob")
    ask(embed(comment))
    withdrawing.withdraw(comment)
    drain()
    answer = ask(embed(comment))
    assert b"Withdrawn by its author." in answer.body
    assert b"rash" not in answer.body and b"bob" not in answer.body


def test_what_was_never_public_is_not_there(ask, article, thread):
    held = write(thread, "A held word.", state=Comment.State.HELD)
    private = write(thread, "A private word.", state=Comment.State.PRIVATE)
    withdrawn = make_article("Withdrawn", live=False)
    for path in (embed(held), embed(private), f"{article.path}c/99/embed/", f"{withdrawn.path}c/1/embed/"):
        answer = ask(path)
        assert answer.status in (404, 410) and not re.search(rb"A (held|private) word", answer.body), path


def test_its_page_offers_the_frame_to_whoever_wants_to_show_it(ask, comment):
    html = ask(f"{comment.thread.article.path}c/{comment.seq}/").body.decode()
    code = re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", html, re.S)
    assert code and f"http://127.0.0.1:8000{embed(comment)}" in code[1] and "&lt;iframe" in code[1]

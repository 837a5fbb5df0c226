"""A preview shows how a text would look, and saves nothing."""

import pytest
from django.test import Client

from broadsheet.discussion import receipts, spoilers
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.tests.cast import filled_in, post, posted, write
from broadsheet.kit.sanitising import SPOILER

pytestmark = pytest.mark.django_db(databases="__all__")

TEXT = "It was *late*. ||It never came.||"


def test_a_preview_stands_above_the_filled_form_and_saves_nothing(article, thread):
    asked = write(thread)
    answer = post(article, TEXT, "alice", parent=asked.seq, preview="1")
    html = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert f"<p>It was <em>late</em>. {spoilers.covered(f'{SPOILER}It never came.</span>')}</p>" in html
    sent = {"text": TEXT, "name": "alice", "parent": str(asked.seq)}
    assert {field: filled_in(html, field) for field in sent} == sent
    assert "not posted yet" in html and "Nobody else sees it" not in html
    assert Comment.objects.filter(thread=thread).count() == 1
    assert Thread.objects.get(pk=thread.pk).last_seq == 1


def test_a_preview_needs_no_name_but_words(article):
    assert "<em>late</em>" in post(article, TEXT, "", preview="1").content.decode()
    assert post(article, "", preview="1").status_code == 422


def test_previews_are_limited_and_leave_room_for_the_comment(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_comments_network": "2/3600"}
    answers = [post(article, f"Word {n}", preview="1") for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    refusal = answers[2].content.decode()
    assert filled_in(refusal, "text") == "Word 2"
    assert "a lot of requests" in refusal and "try again" in refusal and "post it again" not in refusal
    assert post(article, "Word").status_code == 303


def test_a_change_is_previewed_too(article):
    comment = posted(article, "One")
    answer = Client().post(f"{receipts.path_of(comment)}revisions/", {"text": TEXT, "preview": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200 and "<em>late</em>" in html
    assert filled_in(html, "text") == TEXT
    assert Comment.objects.get(pk=comment.pk).source == "One"

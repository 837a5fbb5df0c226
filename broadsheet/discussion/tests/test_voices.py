"""Readers and guests say that they like a comment: one voice each, counted by the worker, shown after a while."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.discussion import voicing
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import page, posted, write
from broadsheet.press import refresh, store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")

OWN_PAGE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
AS_JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def comment(thread):
    return write(thread, "The tide keeps no office hours.")


def say(comment, value=1, *, client=None, address="192.0.2.7", **headers):
    place = f"{comment.thread.article.path}c/{comment.seq}/voice/"
    return (client or Client()).post(place, {"value": value}, REMOTE_ADDR=address, **headers)


def likes_told(article, comment):
    told = Client().get(f"{article.path}comments.json").json()["comments"]
    return next(each["likes"] for each in told if each["seq"] == comment.seq)


def counted(comment):
    drain()
    comment.refresh_from_db()
    return comment.likes, comment.dislikes


def test_a_guest_likes_a_comment_and_the_page_says_so(article, comment):
    assert "Like<span" in page(article.path)
    assert "You like this comment." in say(comment).content.decode()
    assert counted(comment) == (1, 0)
    assert "1 like" in page(article.path)


def test_one_network_of_guests_has_one_voice_however_often_it_speaks(comment):
    for address in ("192.0.2.7", "192.0.2.7", "2001:db8::1", "2001:db8::2"):
        say(comment, address=address)
    assert counted(comment) == (2, 0)


def test_a_reader_has_one_voice_from_whatever_network(comment, alice):
    client = Client()
    client.force_login(alice)
    say(comment, client=client, address="192.0.2.7", **OWN_PAGE)
    say(comment, client=client, address="198.51.100.9", **OWN_PAGE)
    assert counted(comment) == (1, 0)
    place = f"{comment.thread.article.path}c/{comment.seq}/voice/"
    assert client.get("/mine.json").json()["liked"] == [place]


def test_a_score_is_shown_only_when_the_comment_is_old_enough_and_then_by_itself(
    article, thread, settings, clock
):
    young = write(thread, "Just now.", posted_at=timezone.now() - timedelta(minutes=80))
    say(young)
    assert counted(young) == (1, 0)
    assert "1 like" not in page(article.path)
    assert likes_told(article, young) is None
    settings.OPTIONS = {**settings.OPTIONS, "scores_after_hours": 1}
    voicing.show_scores()
    drain()
    clock.forward(refresh.CARD_PAUSE + 1)
    drain()
    assert b"1 like" in (store.read(article.path) or b"")
    assert likes_told(article, young) == 1


def test_a_voice_is_taken_back(comment):
    say(comment)
    assert counted(comment) == (1, 0)
    say(comment, 0)
    say(comment, 0)
    assert counted(comment) == (0, 0)


def test_no_reader_likes_their_own_comment(thread, alice):
    own = write(thread, "Mine.", reader=alice)
    client = Client()
    client.force_login(alice)
    refusal = say(own, client=client, **OWN_PAGE)
    assert refusal.status_code == 403 and "your own comment" in refusal.content.decode()
    assert counted(own) == (0, 0)


def test_a_guest_s_network_has_no_voice_in_what_was_written_from_it_and_nobody_in_it_is_told(article):
    own = posted(article, "From within.", address="192.0.2.7")
    other = posted(article, "From elsewhere.", address="198.51.100.7")
    told = [say(each).content.decode() for each in (own, other)]
    assert counted(own) == (0, 0) and counted(other) == (1, 0)
    within, elsewhere = (
        re.sub(r"From \w+\.|\b(?:c/|c-|seq=\")\d+|<time.*?</time>", "", page) for page in told
    )
    assert within == elsewhere


def test_dislikes_are_taken_only_where_the_publication_wants_them(article, comment, settings):
    refusal = say(comment, -1)
    assert refusal.status_code == 422 and "cannot be said" in refusal.content.decode()
    assert "Dislike" not in page(article.path)
    settings.OPTIONS = {**settings.OPTIONS, "dislikes": True}
    say(comment, -1)
    assert counted(comment) == (0, 1)
    say(comment, 1)
    assert counted(comment) == (1, 0)
    comment.thread.article.save()
    assert "Dislike<span" in page(article.path)


@pytest.mark.parametrize("value", ["", "2", "-2", "１", "1e0", "NaN"])
def test_what_is_no_voice_is_refused(comment, value):
    assert say(comment, value).status_code == 422
    assert counted(comment) == (0, 0)


def test_a_page_of_another_site_gives_no_voice_for_its_visitors(comment):
    assert say(comment, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert say(comment, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert counted(comment) == (0, 0)


def test_a_comment_that_nobody_can_see_cannot_be_liked(thread):
    held = write(thread, "Wait.", state=Comment.State.HELD)
    assert say(held).status_code == 404
    assert Client().get(f"{thread.article.path}c/999/voice/").status_code == 404


def test_who_likes_too_fast_is_told_how_long_to_wait(thread, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_voices_network": "2/60"}
    answers = [say(write(thread)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0 and "too fast" in answers[2].content.decode()


def test_a_script_is_answered_in_json(comment):
    assert say(comment, **AS_JSON).json() == {"value": 1}
    assert "cannot be said" in say(comment, "x", **AS_JSON).json()["error"]


def test_votes_that_were_imported_stay_and_new_ones_are_added_to_them(comment):
    Comment.objects.filter(pk=comment.pk).update(likes=3, dislikes=1, imported_likes=3, imported_dislikes=1)
    say(comment)
    assert counted(comment) == (4, 1)


def test_a_count_that_drifted_is_mended_and_told(comment):
    say(comment)
    drain()
    Comment.objects.filter(pk=comment.pk).update(likes=9)
    assert voicing.recount([comment.pk]) == 1
    assert voicing.recount([comment.pk]) == 0
    assert counted(comment) == (1, 0)

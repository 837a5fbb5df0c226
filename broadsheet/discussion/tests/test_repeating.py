"""A form that is sent twice makes one comment; the second POST gets the first one's answer if one person sent both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from broadsheet.discussion import deciding, posting
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import filled_in, make_article, post, posted, write

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def patient(monkeypatch):
    """A double click on a machine that may stand still for a while between the two."""
    monkeypatch.setattr(posting, "DOUBLE_CLICK", timedelta(minutes=5))


@pytest.mark.usefixtures("patient")
def test_a_repeat_gets_the_first_answer(article):
    answers = [post(article) for _ in range(5)]
    assert len({answer["Location"] for answer in answers}) == 1
    assert Comment.objects.filter(thread__article=article).count() == 1


def test_a_repeat_costs_nothing_of_the_allowance(article, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_comments_network": "1/3600"}
    assert [post(article).status_code for _ in range(3)] == [303, 303, 303]
    assert post(article, "Another word").status_code == 429


@pytest.mark.usefixtures("patient")
def test_a_repeat_of_a_held_comment_is_held_once(article):
    answers = [post(article, "https://example.org/") for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Comment.objects.filter(thread__article=article).count() == 1


def test_another_name_text_parent_network_address_or_article_is_no_repeat(article, thread, section):
    first, second = write(thread), write(thread)
    post(article)
    post(article, name="bob")
    post(article, "It came at one.")
    post(article, parent=first.seq)
    post(article, parent=second.seq)
    post(article, address="198.51.100.7")
    post(article, email="alice@example.org")
    assert Comment.objects.filter(thread=thread).count() == 2 + 7
    assert posted(make_article("Another", section=section)).seq == 1


def test_fields_cannot_be_shifted_into_each_other_to_look_like_a_repeat(article):
    post(article, "c", name="ab")
    post(article, "bc", name="a")
    assert Comment.objects.filter(thread__article=article).count() == 2


def test_after_ten_minutes_the_same_words_are_a_new_comment(article):
    post(article)
    Comment.objects.filter(thread__article=article).update(
        posted_at=timezone.now() - timedelta(minutes=9, seconds=50)
    )
    post(article)
    assert Comment.objects.filter(thread__article=article).count() == 1
    Comment.objects.filter(thread__article=article).update(
        posted_at=timezone.now() - timedelta(minutes=10, seconds=1)
    )
    post(article)
    assert Comment.objects.filter(thread__article=article).count() == 2


def test_repeating_a_removed_comment_does_not_bring_it_back(article, carol):
    first = posted(article)
    deciding.remove(first, by=carol, reason="attacks a person")
    post(article)
    assert Comment.objects.filter(thread__article=article).count() == 1


def permalink(comment):
    return f"{comment.thread.article.path}c/{comment.seq}/"


def aged(comment, seconds):
    """The comment as if it had been posted so long ago."""
    earlier = timezone.now() - timedelta(seconds=seconds)
    Comment.objects.filter(pk=comment.pk).update(posted_at=earlier)


def test_whoever_copies_a_public_comment_is_led_to_it_and_gets_no_receipt(article):
    first = posted(article)
    aged(first, 40)
    answer = post(article)
    assert (answer.status_code, answer["Location"]) == (303, permalink(first))
    assert Comment.objects.filter(thread__article=article).count() == 1


def test_a_later_repeat_of_what_waits_says_so_and_keeps_the_text(article):
    first = posted(article, "See https://example.org/ <b>")
    aged(first, 40)
    answer = post(article, "See https://example.org/ <b>")
    html = answer.content.decode()
    assert answer.status_code == 409 and "was taken before" in html
    assert filled_in(html, "text") == "See https://example.org/ <b>"
    assert "/receipts/" not in html
    assert Comment.objects.filter(thread__article=article).count() == 1


def test_a_repeat_over_the_limit_gets_no_receipt_either(article, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_comments_network": "1/3600"}
    first = posted(article)
    aged(first, 40)
    assert post(article)["Location"] == permalink(first)


def test_from_a_network_that_many_share_no_repeat_gets_a_receipt(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"shared_networks": ["192.0.2.0/24"]}
    first = posted(article)
    assert post(article)["Location"] == permalink(first)


def test_a_guest_who_copies_a_readers_name_and_words_is_not_that_reader(article, alice, client):
    client.force_login(alice)
    own = {"client": client, "HTTP_SEC_FETCH_SITE": "same-origin"}
    first = post(article, **own)
    copied = post(article, name=alice.name)
    assert copied["Location"] != first["Location"]
    assert Comment.objects.filter(thread__article=article).count() == 2
    aged(Comment.objects.get(reader=alice), 300)
    assert post(article, **own)["Location"] == first["Location"], "an account surely is the same person"


@pytest.mark.usefixtures("patient")
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_form_sent_eight_times_at_once_makes_one_comment(article):
    def send(_):
        try:
            return post(article)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        locations = set(threads.map(send, range(8)))
    assert Comment.objects.filter(thread__article=article).count() == 1
    assert len(locations) == 1

"""Whoever holds a receipt may take the comment back, at any time and for good."""

import pytest
from django.test import Client

from broadsheet.discussion import deciding, receipts
from broadsheet.discussion.models import Comment, CommentRevision, Guest, Thread, Withdrawal
from broadsheet.discussion.tests.cast import page, post, posted, tombstones, write
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def withdraw(comment):
    answer = Client().post(f"{receipts.path_of(comment)}withdrawal/")
    assert answer.status_code == 303, answer.content.decode()
    return Comment.objects.get(pk=comment.pk)


def receipt(comment):
    return Client().get(receipts.path_of(comment)).content.decode()


def count(thread):
    return Thread.objects.get(pk=thread.pk).comment_count


def test_a_withdrawn_comment_is_gone_from_everywhere(article, thread):
    write(thread, "Another.")
    comment = posted(article, "A word I regret.", "Rosalind")
    drain()
    assert "A word I regret." in page(article.path)
    withdraw(comment)
    drain()
    for place in ("", "comments/feed.xml", "comments.json", "thread.json"):
        text = Client().get(article.path + place).content.decode()
        assert "regret" not in text and "Rosalind" not in text, place
    assert "<mark>" not in Client().get("/search/?q=regret&kind=comments").content.decode()
    assert Client().get(f"{article.path}c/{comment.seq}/").status_code == 410
    assert count(thread) == 1


def test_an_answered_one_leaves_a_place_that_says_who_took_it_away(article, thread):
    comment = posted(article, "Noon?", "Rosalind")
    answer = posted(article, "Noon!", "bob", parent=comment.seq)
    drain()
    withdraw(comment)
    drain()
    html = page(article.path)
    assert tombstones(html) == [comment.seq]
    assert "Withdrawn by its author." in html and "moderator" not in html
    assert "Rosalind" not in html and "Noon?" not in html and "Noon!" in html
    assert count(thread) == 1
    [told] = [c for c in Client().get(f"{article.path}comments.json").json()["comments"] if c["seq"] == 1]
    assert (told["state"], told["html"], told["author"]) == ("withdrawn", None, None)
    assert answer.seq == 2


def test_withdrawing_hides_no_removal(article, thread, carol):
    removed = {}
    for reason in ("attacks a person", ""):
        comment = posted(article, f"Rude. {reason}", "Rosalind")
        posted(article, "An answer", "bob", parent=comment.seq)
        deciding.remove(comment, by=carol, reason=reason)
        assert "goes on saying that a moderator removed it" in receipt(comment)
        removed[comment.seq] = withdraw(comment)
    drain()
    html = page(article.path)
    assert tombstones(html) == list(removed)
    assert "Removed by a moderator: attacks a person." in html and "Removed by a moderator.</p>" in html
    assert "Withdrawn" not in html and "Rosalind" not in html and "Rude" not in html
    told = Client().get(f"{article.path}comments.json").json()["comments"]
    assert [(c["state"], c["html"], c["author"]) for c in told if c["seq"] in removed] == [
        ("removed", None, None)
    ] * 2
    assert {comment.source + comment.author_name for comment in removed.values()} == {""}


def test_what_it_said_and_who_said_it_is_deleted(article):
    location = post(article, "One", "Rosalind", email="rosalind@example.org")["Location"]
    comment = Comment.objects.latest("pk")
    Client().post(f"{location}revisions/", {"text": "Two"})
    Comment.objects.filter(pk=comment.pk).update(mark="author")
    now = withdraw(comment)
    assert (now.source, now.html, now.author_name, now.mark, now.network) == ("", "", "", "", "")
    assert (now.guest, now.fingerprint, now.extra) == (None, None, None)
    assert not CommentRevision.objects.exists() and not Guest.objects.exists()
    assert Withdrawal.objects.get().comment == comment


def test_a_guest_who_said_more_is_not_forgotten(article):
    posted(article, "One", email="alice@example.org")
    withdraw(posted(article, "Two", email="alice@example.org"))
    assert Guest.objects.count() == 1


def test_the_receipt_says_so_and_offers_nothing_more(article):
    comment = posted(article, "One")
    withdraw(comment)
    html = receipt(comment)
    assert "You withdrew this comment on" in html
    assert "<form" not in html.partition('class="receipt"')[2].partition("</section>")[0]


def test_withdrawing_twice_is_withdrawing_once(article, thread):
    posted(article, "Another.")
    comment = posted(article, "One")
    withdraw(comment)
    withdraw(comment)
    assert count(thread) == 1


def test_staff_cannot_publish_it_again(article, carol):
    waits, removed = posted(article, "See https://example.org/"), posted(article, "Rude.")
    deciding.remove(removed, by=carol)
    for comment, deed in ((waits, deciding.approve), (removed, deciding.restore)):
        withdraw(comment)
        with pytest.raises(deciding.NotPossible):
            deed(comment, by=carol)
        assert Comment.objects.get(pk=comment.pk).state == Comment.State.WITHDRAWN


def test_one_that_waits_is_withdrawn_without_a_trace_in_public(article, thread):
    comment = posted(article, "See https://example.org/")
    before = Thread.objects.get(pk=thread.pk).last_rev
    now = withdraw(comment)
    assert now.rev is None and not now.holds.filter(ended_at=None).exists()
    assert (Thread.objects.get(pk=thread.pk).last_rev, count(thread)) == (before, 0)


def test_the_same_words_may_be_posted_again_at_once(article):
    withdraw(posted(article, "One"))
    assert posted(article, "One").visible


def test_a_private_one_stays_what_it_is(article, thread):
    comment = write(thread, state=Comment.State.PRIVATE)
    assert withdraw(comment).state == Comment.State.PRIVATE

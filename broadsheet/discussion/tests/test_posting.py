"""Posting as a guest: one bare POST is complete, and nothing that is acknowledged is lost."""

import pytest
from django.core import signing
from django.test import Client

from broadsheet.discussion.models import Comment, Hold
from broadsheet.discussion.tests.cast import make_article, page, parents, post, posted, seqs, write
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def receipt_of(answer):
    return Client().get(answer["Location"])


def test_a_bare_post_of_name_and_text_is_complete(article):
    answer = post(article, "The harbour is *full*.", "alice")
    assert answer.status_code == 303
    comment = Comment.objects.get(thread__article=article)
    assert (comment.author_name, comment.source) == ("alice", "The harbour is *full*.")
    assert comment.html == "<p>The harbour is <em>full</em>.</p>"
    assert (comment.seq, comment.sib, comment.depth, comment.state) == (1, 1, 0, Comment.State.PUBLISHED)


def test_nothing_is_set_or_stored_by_the_answer(article):
    answer = post(article)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_the_answer_leads_to_a_private_receipt_that_shows_the_comment_in_its_place(article, thread):
    asked = write(thread, "Who saw the tide?", name="bob")
    answer = post(article, "I did.", "alice", parent=asked.seq)
    receipt = receipt_of(answer)
    text = receipt.content.decode()
    assert receipt.status_code == 200
    assert "no-store" in receipt["Cache-Control"] and "private" in receipt["Cache-Control"]
    assert "Your comment is published" in text
    assert text.index("Who saw the tide?") < text.index('<ol class="replies">') < text.index("I did.")
    assert parents(text) == {asked.seq + 1: (asked.seq, 1)}


def test_a_receipt_cannot_be_guessed(article):
    location = post(article)["Location"]
    token = location.split("/")[2]
    pk, signature = token.split(".", 1)
    for forged in (f"{int(pk) + 1}.{signature}", pk, signing.Signer(salt="other").sign(pk), f"{token}x"):
        assert Client().get(f"/receipts/{forged}/").status_code == 404


def test_a_receipt_answers_head_as_it_answers_get(article):
    assert Client().head(post(article)["Location"]).status_code == 200


def test_a_comment_without_links_is_read_by_everybody_at_once(article):
    posted(article, "The harbour is full.")
    assert "The harbour is full." in page(article.path)
    drain()
    assert "The harbour is full." in page(f"{article.path}comments/feed.xml")
    assert "The harbour is full." in Client().get(f"{article.path}comments.json").content.decode()


def test_a_reply_stands_under_what_it_answers_and_not_elsewhere(article, thread):
    first, second = write(thread, "One"), write(thread, "Two")
    reply = posted(article, "To two", parent=second.seq)
    assert (reply.parent, reply.depth, reply.path_seqs) == (second, 1, [second.seq, reply.seq])
    assert seqs(page(article.path)) == [first.seq, second.seq, reply.seq]


def test_comments_of_two_articles_are_numbered_apart(article, thread):
    write(thread)
    assert posted(article).seq == 2
    assert posted(make_article("Another")).seq == 1


def test_numbers_are_never_used_again(article, carol):
    from broadsheet.discussion import deciding

    first = posted(article, "One")
    deciding.remove(first, by=carol)
    assert posted(article, "Two").seq == first.seq + 1


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a",
        "See www.example.org for it.",
        "[a](http://example.org/)",
        "![](https://example.org/a.png)",
        "<https://example.org/>",
    ],
)
def test_a_guests_comment_with_a_link_is_held_and_the_receipt_says_why(article, text):
    answer = post(article, text)
    assert answer.status_code == 303
    comment = Comment.objects.get(thread__article=article)
    assert (comment.state, comment.sib, comment.rev) == (Comment.State.HELD, None, None)
    assert Hold.objects.get().reason == "it contains a link"
    receipt = receipt_of(answer).content.decode()
    assert "waits for a moderator: it contains a link" in receipt
    assert "example.org" in receipt


def test_a_comment_that_is_only_a_link_or_an_image_is_a_comment_too(article):
    for text in ("https://example.org/only", "![](https://example.org/only.png)"):
        assert 'href="https://example.org/only' in posted(article, text).html


def test_what_is_held_stands_in_no_page_feed_or_answer(article, thread):
    write(thread, "Seen by all.")
    held = posted(article, "A secret word at https://example.org/", "Mallory Held")
    drain()
    places = [
        article.path, f"{article.path}comments/newest/", f"{article.path}comments/oldest/1/",
        f"{article.path}comments/feed.xml", f"{article.path}thread.json", f"{article.path}comments.json",
        f"{article.path}comments.json?since=0", f"{article.path}comments.json?after={held.seq - 1}",
        f"{article.path}c/{held.seq}/", f"{article.path}c/1/", f"{article.path}c/1/replies/1/",
        "/comments/", "/comments/feed.xml", "/", "/feed.xml", "/feed.json",
    ]  # fmt: skip
    for place in places:
        text = Client().get(place).content.decode()
        assert "secret word" not in text and "Mallory Held" not in text, place
    assert Client().get(f"{article.path}c/{held.seq}/").status_code == 404


def test_nobody_can_answer_what_is_held(article, thread):
    held = write(thread, state=Comment.State.HELD)
    answer = post(article, "An answer to what I cannot see", parent=held.seq)
    assert answer.status_code == 409
    assert "An answer to what I cannot see" in answer.content.decode()


def test_a_comment_can_be_posted_through_any_of_the_forms_of_the_page(article, thread):
    """The form of the article, of a permalink and of a refusal lead to the same address with the same fields."""
    comment = write(thread)
    for place in (article.path, f"{article.path}c/{comment.seq}/"):
        html = page(place)
        assert f'action="{article.path}comments/"' in html
        assert all(f'name="{field}"' in html for field in ("name", "email", "text", "parent", "website"))
        assert "csrfmiddlewaretoken" not in html


def test_reading_the_address_that_takes_comments_leads_to_the_discussion(article):
    answer = Client().get(f"{article.path}comments/")
    assert (answer.status_code, answer["Location"]) == (302, "../#discussion")


def test_an_article_that_is_not_there_takes_no_comments(article):
    for path, status in (("/2020/01/01/nothing/", 404), ("/2020/13/41/nothing/", 404)):
        assert Client().post(f"{path}comments/", {"name": "alice", "text": "Hello?"}).status_code == status
    article.live = False
    article.save()
    answer = post(article, "Is anybody still here?")
    assert answer.status_code == 410
    assert not Comment.objects.filter(thread__article=article).exists()

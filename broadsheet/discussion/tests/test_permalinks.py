"""One comment by its address: in its context, gone when it was removed, and never there while it waits."""

import pytest
from django.test import Client

from broadsheet.discussion import deciding
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import chain, fill, page, parents, posted, seqs, tombstones, write
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


def status(path):
    return Client().get(path).status_code


def test_a_permalink_shows_the_ancestors_the_comment_its_replies_and_what_was_said_next_to_it(
    article, thread
):
    root, above = chain(thread, 2)
    before = write(thread, "Said before", parent=above)
    chosen = write(thread, "Chosen", parent=above)
    reply = write(thread, "A reply", parent=chosen)
    beside = [write(thread, "A sibling", parent=above) for _ in range(4)]
    write(thread, "An answer to a sibling", parent=beside[0])
    write(thread, "Another root")
    html = page(f"{article.path}c/{chosen.seq}/")
    assert seqs(html) == [each.seq for each in (root, above, chosen, reply, *beside[:3])]
    assert before.seq not in seqs(html) and "more repl" not in html.partition('id="discussion"')[2]
    assert f'class="comment chosen" id="c-{chosen.seq}"' in html
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{article.path}">' in html
    assert 'name="robots" content="noindex"' in html


def test_the_permalink_of_a_root_shows_the_next_conversations_and_follows_them(article, thread):
    fill(thread, 2)
    assert seqs(page(f"{article.path}c/1/")) == [1, 2]
    third = posted(article, "The third")
    drain()
    assert store.read(f"{article.path}c/1/") is None, "it is printed anew when somebody asks"
    assert seqs(page(f"{article.path}c/1/")) == [1, 2, third.seq]


def test_a_permalink_has_a_form_that_answers_the_comment(article, thread):
    comment = write(thread, name="bob")
    html = page(f"{article.path}c/{comment.seq}/")
    assert f'name="parent" value="{comment.seq}"' in html


def test_a_permalink_works_in_a_thread_of_any_size(article, thread):
    fill(thread, 300, 9)
    html = page(f"{article.path}c/2995/")
    assert seqs(html) == [2991, 2995, 2996, 2997, 2998]


@pytest.mark.parametrize("seq", ["0", "999", "1000000000", "x", "-1", "1.0", "01", "\u0661"])
def test_a_comment_that_never_was_is_not_there(article, thread, seq):
    write(thread)
    assert status(f"{article.path}c/{seq}/") == 404
    assert status(f"{article.path}c/{seq}/replies/1/") == 404


def test_a_comment_of_another_article_is_not_there(article, thread):
    write(thread)
    other = Comment.objects.exclude(thread=thread).get()
    assert status(f"{article.path}c/{other.seq + 1}/") == 404


def test_a_removed_comment_is_gone_and_a_held_one_is_not_there(article, thread, carol):
    removed, held, stays = write(thread), write(thread), write(thread)
    deciding.remove(removed, by=carol)
    deciding.hold(held, by=carol, reason="a look at it")
    drain()
    assert status(f"{article.path}c/{removed.seq}/") == 410
    assert status(f"{article.path}c/{held.seq}/") == 404
    assert status(f"{article.path}c/{stays.seq}/") == 200
    assert seqs(page(article.path)) == [stays.seq]


def removed_with_answers(thread, carol):
    root = write(thread, "Your mother!", name="mallory the rude")
    reply = write(thread, "Not so loud.", name="bob", parent=root)
    from broadsheet.events.recording import record

    record("comment.published", thread=thread.pk, comment=reply.pk)
    drain()
    deciding.remove(root, by=carol, reason="attacks a person")
    drain()
    return root, reply


def test_a_removed_comment_with_answers_leaves_a_stone_with_the_reason(article, thread, carol):
    root, reply = removed_with_answers(thread, carol)
    for path in (article.path, f"{article.path}c/{reply.seq}/", f"{article.path}c/{root.seq}/"):
        html = page(path)
        assert tombstones(html) == [root.seq]
        assert seqs(html) == [reply.seq]
        assert "Removed by a moderator: attacks a person." in html
        assert f'id="c-{root.seq}" data-seq="{root.seq}" data-parent=""' in html
        assert parents(html)[reply.seq] == (root.seq, 1)


def test_neither_words_nor_name_of_a_removed_comment_stand_anywhere(article, thread, carol):
    root, reply = removed_with_answers(thread, carol)
    places = [
        article.path, f"{article.path}c/{root.seq}/", f"{article.path}c/{root.seq}/replies/1/",
        f"{article.path}c/{reply.seq}/", f"{article.path}comments/feed.xml", f"{article.path}comments.json",
        "/comments/", "/comments/feed.xml", "/",
    ]  # fmt: skip
    for place in places:
        text = Client().get(place).content.decode()
        assert "mallory the rude" not in text and "mother" not in text, place
    refusal = Client().post(f"{article.path}comments/", {"name": "bob", "text": "", "parent": root.seq})
    assert "mallory the rude" not in refusal.content.decode()


def test_a_stone_goes_with_its_last_answer(article, thread, carol):
    root, reply = removed_with_answers(thread, carol)
    deciding.remove(reply, by=carol)
    drain()
    html = page(article.path)
    assert tombstones(html) == seqs(html) == []
    assert status(f"{article.path}c/{root.seq}/") == 410


def test_a_restored_comment_is_back_in_its_place(article, thread, carol):
    root, reply = removed_with_answers(thread, carol)
    deciding.restore(root, by=carol)
    drain()
    html = page(article.path)
    assert seqs(html) == [root.seq, reply.seq] and tombstones(html) == []
    assert "Your mother!" in html


def test_what_stands_under_a_held_comment_stays_and_its_place_says_why(article, thread, carol):
    root = write(thread, "Hm.", name="mallory the rude")
    reply = write(thread, "What?", parent=root)
    from broadsheet.events.recording import record

    record("comment.published", thread=thread.pk, comment=reply.pk)
    deciding.hold(root, by=carol, reason="a look at it")
    drain()
    for path in (article.path, f"{article.path}c/{root.seq}/", f"{article.path}c/{reply.seq}/"):
        html = page(path)
        assert tombstones(html) == [root.seq] and seqs(html) == [reply.seq]
        assert "waits for a moderator" in html
        assert "mallory the rude" not in html and "Hm." not in html


def test_old_anchors_lead_to_the_comment_and_stand_on_its_page(article, thread):
    comment = write(thread, anchor="comment-4711")
    answer = Client().get(f"{article.path}c/comment-4711/")
    assert (answer.status_code, answer["Location"]) == (301, f"{article.path}c/{comment.seq}/")
    assert 'id="comment-4711"' in page(f"{article.path}c/{comment.seq}/")
    assert 'id="comment-4711"' in page(article.path)
    assert status(f"{article.path}c/comment-4712/") == 404


def test_nothing_of_an_article_that_was_taken_back_can_be_read(article, thread):
    write(thread)
    article.live = False
    article.save()
    for path in (
        "",
        "c/1/",
        "c/1/replies/1/",
        "comments/feed.xml",
        "thread.json",
        "comments.json",
        "comments/newest/",
    ):
        assert status(article.path + path) == 410

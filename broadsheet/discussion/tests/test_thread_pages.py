"""What the pages of a thread hold, and that nothing ever moves from one page to another."""

import re

import pytest
from django.test import Client

from broadsheet.discussion import deciding
from broadsheet.discussion.counting import recount
from broadsheet.discussion.models import Comment, Pin
from broadsheet.discussion.tests.cast import chain, fill, page, parents, posted, seqs, write
from broadsheet.kit.pages import Moved, NotThere

pytestmark = pytest.mark.django_db(databases="__all__")


def oldest(article, number):
    return page(f"{article.path}comments/oldest/{number}/")


def newest(article, number=""):
    return page(f"{article.path}comments/newest/{f'{number}/' if number else ''}")


def test_an_article_without_comments_says_so_and_has_the_form(article):
    html = page(article.path)
    assert "No comments yet" in html
    assert 'id="say"' in html
    assert seqs(html) == []


def test_a_discussion_says_which_comment_is_its_newest_and_when_that_was(article, carol):
    first, last = posted(article, "first"), posted(article, "last")
    deciding.remove(last, by=carol)
    assert re.search(rf'newest <a href="{article.path}c/{first.seq}/"><time datetime=', page(article.path))


def test_a_thread_of_a_hundred_is_shown_whole_on_its_article(article, thread):
    fill(thread, 20, 4)
    html = page(article.path)
    assert len(seqs(html)) == 100
    assert "100 comments" in html
    assert "comments/newest/" not in html and 'rel="next"' not in html


def test_a_whole_thread_has_no_numbered_pages_that_could_grow_stale(article, thread):
    write(thread)
    for path in ("comments/oldest/1/", "comments/newest/1/", "comments/newest/"):
        with pytest.raises(Moved) as moved:
            page(article.path + path)
        assert moved.value.path.startswith(article.path)


def test_beyond_a_hundred_the_article_shows_the_first_twenty_roots_and_the_way_to_the_others(article, thread):
    fill(thread, 101)
    html = page(article.path)
    assert seqs(html) == list(range(1, 21))
    assert f'rel="next" href="{article.path}comments/oldest/2/"' in html
    assert f'href="{article.path}comments/newest/"' in html
    assert "101 comments" in html


def test_numbered_pages_hold_twenty_roots_each_in_both_orders(article, thread):
    fill(thread, 105)
    for number in range(1, 7):
        expected = list(range(20 * number - 19, min(20 * number, 105) + 1))
        assert seqs(oldest(article, number)) == expected
        assert seqs(newest(article, number)) == expected[::-1]
    assert seqs(newest(article)) == seqs(newest(article, 6)) == [105, 104, 103, 102, 101]
    for missing in (7, 8, 999_999):
        with pytest.raises(NotThere):
            oldest(article, missing)


def test_the_newest_of_everything_say_what_they_answer_and_have_no_anchors_to_clash(article, thread):
    fill(thread, 1, 2)
    html = page("/comments/")
    assert parents(html) == {1: (None, 0), 2: (1, 1), 3: (1, 1)}
    assert 'id="c-' not in html


def test_the_pages_lead_to_each_other(article, thread):
    fill(thread, 105)
    base = f"{article.path}comments/"
    assert f'rel="prev" href="{base}oldest/1/"' in oldest(article, 2)
    assert f'rel="next" href="{base}oldest/3/"' in oldest(article, 2)
    assert 'rel="prev"' not in oldest(article, 1) and 'rel="next"' not in oldest(article, 6)
    assert f'rel="next" href="{base}newest/5/"' in newest(article)
    assert f'rel="prev" href="{base}newest/6/"' in newest(article, 5)
    assert 'rel="next"' not in newest(article, 1)


@pytest.mark.parametrize("number", ["0", "01", "-1", "1.5", "99999999999999999999", "NaN", "\u0661"])
def test_a_page_number_that_is_none_is_not_there(article, thread, number):
    fill(thread, 101)
    assert Client().get(f"{article.path}comments/oldest/{number}/").status_code == 404


def test_no_comment_changes_its_page_when_others_are_removed_held_or_approved(article, thread, carol):
    fill(thread, 110)
    held = write(thread, state=Comment.State.HELD)
    last = posted(article, "The last")
    before = {number: seqs(oldest(article, number)) for number in range(1, 7)}
    assert before[6] == [*range(101, 111), last.seq]

    gone = [3, 25, 41, 60, 101]
    for seq in gone:
        deciding.remove(Comment.objects.get(thread=thread, seq=seq), by=carol)
    deciding.hold(Comment.objects.get(thread=thread, seq=77), by=carol, reason="a look at it")
    deciding.approve(held, by=carol)
    after = {number: seqs(oldest(article, number)) for number in range(1, 7)}
    for number in range(1, 6):
        assert after[number] == [seq for seq in before[number] if seq not in [*gone, 77]]
    assert after[6] == [*range(102, 111), last.seq, held.seq]

    for seq in gone:
        deciding.restore(Comment.objects.get(thread=thread, seq=seq), by=carol)
    deciding.approve(Comment.objects.get(thread=thread, seq=77), by=carol)
    assert {number: seqs(oldest(article, number)) for number in range(1, 6)} == {
        n: before[n] for n in range(1, 6)
    }


def test_a_full_page_is_full_for_ever_whatever_is_approved_late(article, thread, carol):
    """A comment that waited stands where it became visible, not where it was written."""
    waiting = write(thread, state=Comment.State.HELD)
    fill(thread, 120)
    page_one = seqs(oldest(article, 1))
    deciding.approve(waiting, by=carol)
    assert seqs(oldest(article, 1)) == page_one
    assert seqs(oldest(article, 7)) == [waiting.seq]


def test_three_replies_a_parent_and_three_levels_then_the_way_to_the_rest(article, thread):
    fill(thread, 100)
    deep = chain(thread, 6)
    for _ in range(5):
        write(thread, parent=deep[0])
    recount(thread)
    html = oldest(article, 6)
    siblings = [seq for seq, (parent, depth) in parents(html).items() if parent == deep[0].seq]
    assert len(siblings) == 3
    assert max(depth for _, depth in parents(html).values()) == 3
    assert deep[3].seq in seqs(html) and deep[4].seq not in seqs(html)
    more = re.findall(r'class="more" href="([^"]*)">([^<]*)<', html)
    assert (f"{article.path}c/{deep[0].seq}/replies/1/", "Show 3 more replies") in more
    assert (f"{article.path}c/{deep[3].seq}/replies/1/", "Show 1 more reply") in more


def test_a_removed_reply_that_has_answers_hides_no_way_to_them(article, thread, carol):
    fill(thread, 100)
    root = write(thread)
    fourth = [write(thread, parent=root) for _ in range(4)][-1]
    answer = write(thread, "Still said.", parent=fourth)
    write(thread, parent=answer)
    deciding.remove(fourth, by=carol)
    recount(thread)
    html = oldest(article, 6)
    assert fourth.seq not in seqs(html)
    more = re.findall(r'class="more" href="([^"]*)">([^<]*)<', html)
    assert more == [(f"{article.path}c/{root.seq}/replies/1/", "Show 1 more reply")]
    assert answer.seq in seqs(page(more[0][0]))


def test_a_page_holds_at_most_a_hundred_comments(article, thread):
    fill(thread, 100, 9)
    for root in Comment.objects.filter(thread=thread, depth=1, sib__lte=3, parent__seq__lte=400):
        for _ in range(2):
            write(thread, parent=root)
    html = oldest(article, 1)
    assert len(seqs(html)) == 100
    assert {parent for parent, depth in parents(html).values() if depth == 0} == {None}
    assert sum(1 for _, depth in parents(html).values() if depth == 0) == 20


def test_the_rest_of_a_branch_is_read_twenty_at_a_time(article, thread):
    fill(thread, 1, 45)
    first, second, third = (page(f"{article.path}c/1/replies/{n}/") for n in (1, 2, 3))
    assert seqs(first) == [1, *range(2, 22)]
    assert seqs(second) == [1, *range(22, 42)]
    assert seqs(third) == [1, *range(42, 47)]
    assert f'rel="next" href="{article.path}c/1/replies/2/"' in first
    with pytest.raises(NotThere):
        page(f"{article.path}c/1/replies/4/")


def test_a_branch_page_does_not_lead_to_itself(article, thread):
    fill(thread, 1, 45)
    for number in (1, 2, 3):
        assert 'class="more"' not in page(f"{article.path}c/1/replies/{number}/")


def test_a_branch_of_a_deep_reply_still_says_what_that_reply_answers(article, thread):
    root, reply, _ = chain(thread, 3)
    html = page(f"{article.path}c/{reply.seq}/replies/1/")
    assert parents(html)[reply.seq] == (root.seq, 1)


def test_a_pinned_root_says_so(article, thread, carol):
    pinned, _ = write(thread), write(thread)
    Pin.objects.create(comment=pinned, thread=thread, pinned_by=carol)
    assert page(article.path).count("Pinned") == 1


def test_comments_are_elements_with_their_numbers_truly_nested(article, thread):
    root = write(thread, "Root")
    reply = write(thread, "Reply", parent=root)
    write(thread, "Reply to the reply", parent=reply, name="carol")
    html = page(article.path)
    shape = re.findall(
        r'<section id="discussion"|</section>|<article class="comment"[^>]*>|<ol class="replies[^"]*">|</article>',
        html,
    )
    assert shape[shape.index('<section id="discussion"') :] == [
        '<section id="discussion"',
        '<article class="comment" id="c-1" data-seq="1" data-parent="" data-depth="0" data-rev="1">',
        '<ol class="replies">',
        '<article class="comment" id="c-2" data-seq="2" data-parent="1" data-depth="1" data-rev="2">',
        '<ol class="replies">',
        '<article class="comment" id="c-3" data-seq="3" data-parent="2" data-depth="2" data-rev="3">',
        "</article>", "</article>", "</article>", "</section>",
    ]  # fmt: skip
    assert html.count("<time datetime=") >= 3
    assert html.count('class="comment-text"') == html.count('class="comment-author"') == 3


def test_a_talk_of_two_is_not_indented_further(article, thread):
    talk = chain(thread, 6, names=("alice", "bob"))
    html = page(article.path)
    assert html.count('<ol class="replies straight">') == 4
    write(thread, name="carol", parent=talk[2])
    assert page(article.path).count('<ol class="replies straight">') == 3


def test_a_third_voice_or_a_namesake_with_an_account_is_no_talk_of_two(article, thread, alice):
    chain(thread, 3, names=("alice", "bob", "carol"))
    assert "straight" not in page(article.path)
    first = write(thread, name="Alice", reader=alice)
    second = write(thread, name="bob", parent=first)
    write(thread, name="Alice", parent=second)
    assert "straight" not in page(article.path)


def test_deep_replies_say_to_whom(article, thread):
    chain(thread, 7, names=("alice", "bob", "carol"))
    html = page(article.path)
    assert html.count("↳ to") == 3

"""The order “best”: what votes weigh, and pages that stay in their places while it changes."""

import json
import re

import pytest

from broadsheet.discussion import deciding, ranking
from broadsheet.discussion.models import Comment, Order, Pin, StaleOrder, Thread
from broadsheet.discussion.tests.cast import fill, page, posted, seqs, write
from broadsheet.kit.pages import Moved, NotThere
from broadsheet.press import store
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def large(thread):
    """Sixty roots; the tenth, the fifth and the fiftieth are liked, the most where the most voted."""
    fill(thread, 60, 1)
    for seq, likes, dislikes in ((19, 30, 2), (9, 3, 0), (99, 1, 0), (1, 0, 4)):
        vote(thread, seq, likes, dislikes)
    ranking.rank(thread.pk)
    thread.refresh_from_db()
    return thread


def vote(thread, seq, likes, dislikes=0):
    Comment.objects.filter(thread=thread, seq=seq).update(likes=likes, dislikes=dislikes)


def large_order():
    return [19, 9, 99, *(seq for seq in range(1, 120, 2) if seq not in (19, 9, 99))]


def best(article, rest=""):
    return page(f"{article.path}comments/best/{rest}")


def roots(html):
    return [int(seq) for seq in re.findall(r'id="c-(\d+)" data-seq="\d+" data-parent=""', html)]


def test_many_votes_weigh_more_than_few_and_none_nothing():
    assert ranking.weight(0, 0) == ranking.weight(0, 9) == 0
    assert ranking.weight(1, 0) < ranking.weight(3, 0) < ranking.weight(300, 0) < 1_000_000
    assert ranking.weight(10, 5) < ranking.weight(100, 50)
    assert ranking.weight(60, 40) == 536_087  # (p + z²/2n - z√(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.2816


def test_the_best_come_first_and_where_votes_are_equal_the_oldest(article, large):
    html = best(article)
    assert roots(html) == large_order()[:20]
    assert f'rel="next" href="{article.path}comments/best/v1/2/"' in html
    assert roots(best(article, "v1/2/")) == large_order()[20:40]
    assert roots(best(article, "v1/3/")) == large_order()[40:]
    assert 20 in seqs(html), "replies stand beneath"
    with pytest.raises(NotThere):
        best(article, "v1/4/")


def test_a_pinned_root_stands_first(article, large, carol):
    Pin.objects.create(comment=Comment.objects.get(thread=large, seq=41), thread=large, pinned_by=carol)
    ranking.rank(large.pk)
    assert roots(best(article))[:2] == [41, 19]


def test_the_orders_lead_to_each_other(article, large):
    assert f'href="{article.path}comments/best/"' in page(article.path)
    assert f'href="{article.path}comments/newest/"' in best(article)
    assert f'<a href="{article.path}comments/best/" aria-current="true">Best</a>' in best(article, "v1/2/")


def test_a_thread_that_is_shown_whole_has_the_order_too_from_fifty_comments_on(article, thread):
    fill(thread, 49)
    ranking.mark([thread.pk])
    assert not StaleOrder.objects.exists()
    assert "Best" not in page(article.path)
    write(thread)
    ranking.mark([thread.pk])
    assert StaleOrder.objects.get().thread == thread
    ranking.rank(thread.pk)
    html = page(article.path)
    assert f'href="{article.path}comments/best/"' in html and "comments/newest/" not in html
    assert len(roots(best(article))) == 20


def test_a_thread_that_shrinks_below_fifty_comments_keeps_an_order_that_is_true(article, thread, clock):
    fill(thread, 50)
    ranking.rank(thread.pk)
    Thread.objects.filter(pk=thread.pk).update(comment_count=20)
    vote(thread, 31, 9)
    ranking.mark([thread.pk])
    clock.forward(ranking.PAUSE + 1)
    drain()
    assert roots(best(article))[0] == 31


def test_an_order_never_changes_and_the_one_before_it_is_kept(article, large, carol):
    second = roots(best(article, "v1/2/"))
    vote(large, 57, 80)
    ranking.rank(large.pk)
    assert roots(best(article))[:2] == [57, 19]
    assert roots(best(article, "v1/2/")) == second
    vote(large, 59, 800)
    ranking.rank(large.pk)
    with pytest.raises(Moved) as moved:
        best(article, "v1/2/")
    assert moved.value.path == f"{article.path}comments/best/"
    with pytest.raises(NotThere):
        best(article, "v4/1/")
    assert sorted(Order.objects.values_list("version", flat=True)) == [2, 3]
    assert json.loads(page(f"{article.path}thread.json"))["snap"] == 3


def test_an_order_that_would_be_the_same_is_not_made_again(large):
    ranking.rank(large.pk)
    assert Thread.objects.get(pk=large.pk).order_version == 1


def test_what_is_removed_leaves_its_page_and_moves_nothing(article, large, carol):
    best(article, "v1/2/")
    removed = Comment.objects.get(thread=large, seq=51)
    Comment.objects.filter(parent=removed).delete()
    Comment.objects.filter(pk=removed.pk).update(last_sib=0, reply_count=0, descendant_count=0)
    deciding.remove(removed, by=carol)
    drain()
    assert store.read(f"{article.path}comments/best/v1/2/") is None, "it is printed anew when somebody asks"
    assert roots(best(article, "v1/2/")) == [seq for seq in large_order()[20:40] if seq != 51]


def test_the_worker_makes_orders_at_most_every_half_minute(article, large, clock):
    posted(article, "One more", name="dora")
    drain()
    assert Thread.objects.get(pk=large.pk).order_version == 1
    clock.forward(ranking.PAUSE + 1)
    drain()
    assert Thread.objects.get(pk=large.pk).order_version == 2
    assert not StaleOrder.objects.exists()
    assert b"comments/best/v2/2/" in store.read(f"{article.path}comments/best/")

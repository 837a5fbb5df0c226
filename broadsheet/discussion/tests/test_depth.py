"""Replies to any depth: the true parent is always kept; depth and path stop where columns and screens do."""

import pytest

from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import chain, page, parents, posted, seqs, write
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def forty(article, thread):
    """Forty comments, each posted in answer to the one before."""
    comments = [posted(article, "Link 0", address="10.0.0.1")]
    for n in range(1, 40):
        comments.append(posted(article, f"Link {n}", parent=comments[-1].seq, address=f"10.{n}.0.1"))
    return comments


def test_forty_replies_deep_every_comment_knows_what_it_answers(article, forty):
    assert [comment.parent_id for comment in forty] == [None, *(comment.pk for comment in forty[:-1])]
    assert [comment.depth for comment in forty] == [*range(32), *[31] * 8]


def test_beyond_the_cap_the_path_is_the_depth_30_ancestors_and_the_own_number(forty):
    for comment in forty[31:]:
        assert comment.path_seqs == [*(each.seq for each in forty[:31]), comment.seq]
        assert len(bytes(comment.path)) == 128


def test_forty_deep_everything_is_nested_truly_in_the_page(article, forty):
    html = page(article.path)
    assert seqs(html) == [comment.seq for comment in forty]
    found = parents(html)
    assert [found[comment.seq][0] for comment in forty] == [None, *(comment.seq for comment in forty[:-1])]
    assert html.count('<ol class="replies') == 39


def test_the_permalink_of_the_deepest_shows_it_under_what_it_answers(article, forty):
    drain()
    html = page(f"{article.path}c/{forty[-1].seq}/")
    assert seqs(html)[:31] == [comment.seq for comment in forty[:31]]
    assert seqs(html)[-2:] == [forty[-2].seq, forty[-1].seq]
    found = parents(html)
    assert found[forty[-1].seq] == (forty[-2].seq, 31)
    assert found[forty[-2].seq] == (forty[-3].seq, 31)


def test_a_chain_of_a_hundred_can_be_printed(article, thread):
    comments = chain(thread, 100, names=("alice", "bob"))
    html = page(article.path)
    assert seqs(html) == [comment.seq for comment in comments]
    assert html.count("<article") == html.count("</article>")
    assert html.count("<li>") == html.count("</li>")


def test_removing_from_the_depths_leaves_no_hollow_chain(article, thread, carol):
    from broadsheet.discussion import deciding
    from broadsheet.discussion.counting import recount

    comments = chain(thread, 40)
    recount(thread)
    for comment in comments[33:]:
        deciding.remove(Comment.objects.get(pk=comment.pk), by=carol)
    drain()
    recount(thread)
    html = page(article.path)
    assert seqs(html) == [comment.seq for comment in comments[:33]]
    assert 'class="comment removed' not in html


def test_a_comment_written_long_after_still_finds_its_deep_parent(article, thread):
    comments = chain(thread, 35)
    late = write(thread, "Late", parent=comments[34])
    assert (late.parent, late.depth) == (comments[34], 31)

"""A branch folds away by the browser's own means, and says how much it hides."""

import re

import pytest

from broadsheet.discussion import deciding
from broadsheet.discussion.counting import KINDS, count, recount
from broadsheet.discussion.tests.cast import chain, fill, page, seqs, write
from broadsheet.events.models import Event

pytestmark = pytest.mark.django_db(databases="__all__")


def summaries(html):
    """What each branch says that it hides, by the number of the comment it belongs to."""
    found = re.findall(
        r'id="c-(\d+)"(?:(?!<article ).)*?<details class="branch" open><summary>([^<]*)</summary>', html, re.S
    )
    return {int(seq): words for seq, words in found}


def test_a_branch_folds_and_tells_how_many_comments_it_holds(article, thread):
    root, reply, *_ = chain(thread, 4, names=("alice", "bob", "carol", "dora"))
    write(thread)
    html = page(article.path)
    assert summaries(html) == {root.seq: "3 replies", reply.seq: "2 replies", 3: "1 reply"}
    assert html.count('<details class="branch"') == html.count('<ol class="replies">') == 3
    assert html.count("</ol>\n</details>") == 3


def test_a_talk_of_two_folds_where_it_begins(article, thread):
    chain(thread, 6, names=("alice", "bob"))
    assert summaries(page(article.path)) == {1: "5 replies"}


def test_what_was_removed_is_not_counted_but_its_branch_still_folds(article, thread, carol):
    root, reply, _ = chain(thread, 3, names=("alice", "bob", "dora"))
    recount(thread)
    deciding.remove(reply, by=carol)
    count(list(Event.objects.filter(kind__in=KINDS)))
    assert summaries(page(article.path)) == {root.seq: "1 reply", reply.seq: "1 reply"}


def test_of_a_long_branch_all_replies_are_counted_and_the_way_to_the_rest_folds_with_it(article, thread):
    fill(thread, 101, 5)
    html = page(article.path)
    assert summaries(html)[1] == "5 replies"
    assert re.search(r'class="more" href="[^"]*/c/1/replies/1/">Show 2 more replies</a>\n</details>', html)


def test_above_the_comment_that_a_page_is_about_nothing_folds(article, thread):
    talk = chain(thread, 4, names=("alice", "bob", "carol", "dora"))
    html = page(f"{article.path}c/{talk[2].seq}/")
    assert seqs(html) == [comment.seq for comment in talk]
    assert summaries(html) == {talk[2].seq: "1 reply"}
    assert summaries(page(f"{article.path}c/{talk[0].seq}/replies/1/")).keys() == {2, 3}

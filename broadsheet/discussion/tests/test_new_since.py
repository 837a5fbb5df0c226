"""What a browser needs to mark what is new since its reader was here: a rev on each comment, and where changes are."""

import json

import pytest
from django.test import Client

from broadsheet.discussion import deciding
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import fill, page, posted, write

pytestmark = pytest.mark.django_db(databases="__all__")


def recent(article):
    return json.loads(page(f"{article.path}comments/recent.json"))


def revs(html):
    """seq → rev of the comments on a page that are shown."""
    parts = html.split('<article class="comment')[1:]
    tags = [part.partition(">")[0] for part in parts]
    return {
        int(tag.split('data-seq="')[1].split('"')[0]): int(tag.split('data-rev="')[1].split('"')[0])
        for tag in tags
        if "data-rev" in tag
    }


def test_every_comment_says_when_it_last_changed_and_a_late_approval_counts_as_new(article, thread, carol):
    held = write(thread, state=Comment.State.HELD)
    shown = write(thread)
    deciding.approve(held, by=carol)
    assert revs(page(article.path)) == {shown.seq: 1, held.seq: 2}
    assert 'data-rev="2" data-count="2"' in page(article.path)


def test_a_tombstone_is_nothing_new(article, thread, carol):
    root = posted(article, "first")
    answer = posted(article, "second", parent=root.seq)
    deciding.remove(root, by=carol)
    Comment.objects.filter(pk=root.pk).update(reply_count=1, descendant_count=1)
    assert list(revs(page(article.path))) == [answer.seq]


def test_a_long_thread_tells_on_which_page_its_latest_changes_stand(article, thread, carol):
    fill(thread, 110)
    late = posted(article, "Late", name="carl")
    reply = posted(article, "In answer", name="dora", parent=25)
    deciding.remove(Comment.objects.get(thread=thread, seq=40), by=carol)
    news = recent(article)
    assert news["comments"][:3] == [[reply.seq, reply.rev, 2], [late.seq, late.rev, 6], [110, 110, 6]]
    assert news["from"] == 0 and news["rev"] == 113
    assert 40 not in [seq for seq, _, _ in news["comments"]]
    assert 'data-recent="' in page(article.path) and 'data-recent="' in page(
        f"{article.path}comments/oldest/2/"
    )


def test_no_more_than_the_latest_200_are_told_and_from_where_none_is_missing(article, thread):
    fill(thread, 201)
    news = recent(article)
    assert [len(news["comments"]), news["from"], news["comments"][0]] == [200, 2, [201, 201, 11]]


def test_a_thread_that_is_shown_whole_needs_no_list_of_pages(article, thread):
    write(thread)
    assert Client().get(f"{article.path}comments/recent.json").status_code == 404
    assert "data-recent" not in page(article.path)

"""However large a thread is, its pages take the same few queries, each by the index that was made for it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.discussion import ranking, reading
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import fill, make_article, page

pytestmark = pytest.mark.django_db(databases="__all__")


def queries(deed, *arguments):
    with CaptureQueriesContext(connection) as captured:
        deed(*arguments)
    return [query["sql"] for query in captured if re.match(r"\s*(SELECT|WITH)", query["sql"], re.I)]


@pytest.fixture
def threads(section):
    """Threads of 10, 1,000 and 5,000 comments."""
    made = {}
    for roots, replies in ((5, 1), (200, 4), (500, 9)):
        article = make_article(f"With {roots} roots", section=section)
        thread = reading.started_thread_of(article)
        fill(thread, roots, replies)
        ranking.rank(thread.pk)
        made[thread.comment_count] = thread
    return made


PAGES = [
    "",
    "comments/oldest/1/",
    "comments/newest/",
    "c/3/",
    "c/1/replies/1/",
    "comments/feed.xml",
    "comments/recent.json",
    "comments/best/",
    "comments/best/v1/2/",
    "thread.json",
]


def shown(thread):
    return reading.whole(thread) if reading.shown_whole(thread) else reading.page(thread, 1)


def test_a_thread_of_5000_takes_as_many_queries_as_one_of_1000(threads, client):
    small, large = threads[1000], threads[5000]
    for path in PAGES:
        counts = [len(queries(page, thread.article.path + path)) for thread in (small, large)]
        assert counts[0] == counts[1] <= 21, path
    assert max(len(queries(shown, thread)) for thread in threads.values()) <= 6
    for path in ("transcript.html", "transcript-11.json", "c/1/transcript.md"):
        counts = [
            len([sql for sql in queries(client.get, thread.article.path + path) if "discussion_" in sql])
            for thread in (small, large)
        ]
        assert counts[0] == counts[1] <= 7, path
    for query in ("", "?after=5&limit=1000", "?since=5&limit=1000"):
        for thread in threads.values():
            found = queries(client.get, f"{thread.article.path}comments.json{query}")
            assert len([sql for sql in found if "discussion_" in sql]) <= 5, query


def plan_of(queryset):
    """How the database would find these rows, as one line in small letters."""
    sql, values = queryset.query.sql_with_params()
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", values)
        return "\n".join(" ".join(map(str, row)) for row in cursor.fetchall()).lower()


def goes_by(plan, index, columns):
    """By an index (SQLite names those of constraints by their columns only), and never through the whole table."""
    scans = re.search(r"seq scan on discussion_comment|scan discussion_comment(?! using)", plan)
    return (index in plan or f"({columns}" in plan) and not scans


def test_every_way_to_read_a_thread_goes_by_the_index_that_was_made_for_it(threads):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE discussion_comment")  # the statistics that a database gathers in time
    large = threads[5000]
    newest_first = Comment.objects.filter(thread=large, state=Comment.State.PUBLISHED).order_by("-seq")[:30]
    mine = Comment.objects.filter(thread_id=large.pk)
    public = mine.filter(rev__isnull=False).exclude(state=Comment.State.HELD)
    latest = mine.filter(rev__isnull=False, state=Comment.State.PUBLISHED).order_by("-rev")
    parents = list(mine.filter(depth=0).order_by("sib").values_list("pk", flat=True)[:20])
    expected = [
        (mine.filter(depth=0, sib__gte=401, sib__lt=421).order_by("sib"), "comment_root", "thread_id=? and sib"),
        (Comment.objects.filter(parent__in=parents, sib__lte=3).order_by("sib")[:80], "comment_sib", "parent_id=?"),
        (mine.filter(seq=4000), "comment_seq", "thread_id=? and seq"),
        (mine.filter(seq__in=[1, 900, 4000]), "comment_seq", "thread_id=? and seq"),
        (public.filter(seq__gt=4000).order_by("seq")[:101], "comment_seq", "thread_id=? and seq"),
        (public.filter(rev__gt=4000).order_by("rev")[:101], "comment_rev", "thread_id=? and rev"),
        (latest[:201], "comment_rev", "thread_id=?"),
        (reading.in_order(large, None, 4000)[:501], "comment_path", "thread_id=? and path"),
        (reading.in_order(large, mine.get(seq=4001), 0)[:501], "comment_path", "thread_id=? and path"),
        (mine.filter(depth=0, sib__in=[7, 8, 9]), "comment_root", "thread_id=? and sib"),
        (newest_first, "comment_seq", "thread_id=?"),
        (mine.filter(fingerprint="x" * 32), "comment_fingerprint", "fingerprint=?"),
    ]  # fmt: skip
    plans = {
        index: plan_of(rows)
        for rows, index, columns in expected
        if not goes_by(plan_of(rows), index, columns)
    }
    assert plans == {}


def test_no_comment_is_counted_when_a_page_is_made(article, thread):
    fill(thread, 120)
    found = queries(lambda: page(article.path))
    assert not [sql for sql in found if "COUNT(" in sql.upper() and "discussion_" in sql]

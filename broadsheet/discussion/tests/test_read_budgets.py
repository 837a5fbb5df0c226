"""What a page or an API call may read of a very long thread: so many queries, by these indexes, so much work.

Work is counted and never timed: on SQLite in steps of its virtual machine, on PostgreSQL in buffers. A thread ten times
as long must cost the same.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.discussion import ranking, reading
from broadsheet.discussion.models import Comment, Thread
from broadsheet.discussion.tests.cast import MORNING, make_article
from broadsheet.press import printing

pytestmark = pytest.mark.django_db(databases="__all__")

AT_ONCE = 50
"""Steps of SQLite's machine between two counts."""
DEPTH = 30


@dataclass
class Long:
    """A thread of `size` comments: every fifth a root, one with a tenth of all as direct replies, one 30 deep."""

    size: int
    thread: Thread
    wide: int
    deep: int
    roots: int
    path: str = field(init=False)

    def __post_init__(self):
        self.path = self.thread.article.path


def lengthen(thread, size):
    """Insert so many comments past the ORM."""
    rows, roots = [], 0
    sibs: dict[int | None, int] = {}
    replies: dict[int | None, int] = {}
    paths: dict[int | None, bytes] = {}
    wide, chain = 1, list(range(2, 2 + DEPTH))
    first = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    parent: int | None
    for seq in range(1, size + 1):
        if seq in chain[1:]:
            parent = seq - 1
        elif seq % 10 == 5:
            parent = wide
        else:
            parent = None if seq <= 2 or seq % 5 == 0 else max(1, seq - seq % 5)
        paths[seq] = paths.get(parent, b"") + seq.to_bytes(4, "big")
        sibs[parent] = sibs.get(parent, 0) + 1
        roots += parent is None
        replies[parent] = sibs[parent]
        rows.append((seq, parent, sibs[parent]))
    under = {}
    for seq, _, _ in rows:
        for above in range(0, len(paths[seq]) - 4, 4):
            key = int.from_bytes(paths[seq][above : above + 4], "big")
            under[key] = under.get(key, 0) + 1
    columns = [str(each.column) for each in Comment._meta.concrete_fields]
    template = Comment(
        thread=thread, state=Comment.State.PUBLISHED, author_name="guest", source="Word.", html="<p>Word.</p>",
        render_version=1, posted_at=MORNING, depth=0, seq=0, path=b"",
    )  # fmt: skip
    same = {
        str(each.column): each.get_db_prep_save(getattr(template, each.attname), connection)
        for each in Comment._meta.concrete_fields
    }
    made = []
    for seq, parent, sib in rows:
        own = {
            "id": first + seq - 1, "parent_id": None if parent is None else first + parent - 1, "seq": seq, "rev": seq,
            "sib": sib, "depth": len(paths[seq]) // 4 - 1, "path": paths[seq], "last_sib": replies.get(seq, 0),
            "reply_count": replies.get(seq, 0), "descendant_count": under.get(seq, 0), "likes": seq % 7,
            "posted_at": f"{MORNING + timedelta(seconds=seq):%Y-%m-%d %H:%M:%S}",
        }  # fmt: skip
        made.append([own.get(column, same[column]) for column in columns])
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO discussion_comment ({', '.join(columns)}) VALUES ({marks})", made)
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval('discussion_comment_id_seq', (SELECT max(id) FROM discussion_comment))"
            )
    Thread.objects.filter(pk=thread.pk).update(
        last_seq=size, last_rev=size, comment_count=size, root_count=roots
    )
    ranking.rank(thread.pk)
    thread.refresh_from_db()
    return Long(size, thread, wide, chain[-1], roots)


@pytest.fixture
def lengths(section):
    """A thread of 1,000 comments and one of 10,000, with the statistics that a database gathers in time."""
    made = []
    for size in (1_000, 10_000):
        article = make_article(f"With {size} comments", section=section)
        made.append(lengthen(reading.started_thread_of(article), size))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


@dataclass(frozen=True)
class Way:
    """One way to read, its queries of the discussion at most, the indexes it may go by, and what it may cost."""

    path: Callable[[Long], str]
    queries: int
    indexes: str
    steps: int
    buffers: int


def printed(path, *budget):
    return Way(lambda long: long.path + path(long) if callable(path) else long.path + path, *budget)


WAYS = {
    "the article": printed("", 9, "root sib seq key", 10_000, 900),
    "the oldest page": printed("comments/oldest/1/", 8, "root sib key", 10_000, 900),
    "the last page": printed(
        lambda long: f"comments/oldest/{-(-long.roots // 20)}/", 8, "root sib key", 10_000, 900
    ),
    "the current page": printed("comments/newest/", 8, "root sib key", 10_000, 900),
    "the best": printed("comments/best/", 9, "seq sib key", 10_000, 900),
    "the last of the best": printed(
        lambda long: f"comments/best/v1/{-(-long.roots // 20)}/", 9, "seq sib key", 10_000, 900
    ),
    "a comment with very many replies": printed(
        lambda long: f"c/{long.wide}/", 10, "seq sib root key", 10_000, 900
    ),
    "a comment thirty deep": printed(lambda long: f"c/{long.deep}/", 10, "seq sib root key", 10_000, 900),
    "the first replies": printed(lambda long: f"c/{long.wide}/replies/1/", 9, "seq sib key", 10_000, 900),
    "the last replies": printed(
        lambda long: f"c/{long.wide}/replies/{-(-(long.size // 10) // 20)}/", 9, "seq sib key", 10_000, 900
    ),
    "a comment in a frame": printed(lambda long: f"c/{long.deep}/embed/", 2, "seq", 1_000, 60),
    "the feed": printed("comments/feed.atom", 3, "seq key", 5_000, 300),
    "the latest changes": printed("comments/recent.json", 3, "rev seq", 5_000, 900),
    "the live print": printed("thread.json", 1, "", 1_000, 30),
    "the API from the start": printed("comments.json", 5, "seq key", 7_500, 500),
    "the API from the middle": printed(
        lambda long: f"comments.json?after={long.size // 2}", 5, "seq key", 7_500, 500
    ),
    "the API by change": printed(
        lambda long: f"comments.json?since={long.size // 2}", 5, "rev key", 7_500, 500
    ),
    "a transcript": printed("transcript-40.json", 7, "path seq key", 45_000, 2_600),
    "a conversation": printed(
        lambda long: f"c/{long.wide}/transcript.json", 7, "path seq key", 45_000, 2_600
    ),
    "the newest of all": Way(lambda long: "/comments/", 2, "newest key", 15_000, 900),
    "the newest of all, further on": Way(lambda long: "/comments/page/5/", 2, "newest key", 45_000, 2_500),
    "counts": Way(lambda long: f"/comments/counts.json?path={long.path}", 1, "", 1_000, 30),
}


def test_no_way_to_read_a_thread_costs_more_when_it_is_ten_times_as_long(lengths, client):
    short, long = lengths
    wrong, told = [], []
    for name, way in WAYS.items():
        counts, costs = [], []
        for each in (short, long):
            cache.clear()
            found, steps = read(way.path(each), client)
            mine = [sql for sql in found if "discussion_" in sql]
            counts.append(len(mine))
            costs.append(steps if connection.vendor == "sqlite" else sum(map(buffers, mine)))
            used = set().union(*(indexes(sql) for sql in mine))
            if not used <= {*way.indexes.split()}:
                wrong.append(f"{name} goes by {used}")
        budget = way.steps if connection.vendor == "sqlite" else way.buffers
        told.append((name, counts, costs))
        if counts[0] != counts[1] or counts[1] > way.queries:
            wrong.append(f"{name} takes {counts} queries")
        # A part of 500 is nearly all of the short thread, which PostgreSQL then reads at a stretch, row after row.
        is_all = connection.vendor == "postgresql" and "path" in way.indexes
        if costs[1] > budget or (costs[1] > 1.5 * costs[0] + 500 and not is_all):
            wrong.append(f"{name} costs {costs} of {budget}")
    assert wrong == [], "\n".join(map(str, told))


def read(path, client):
    """The queries that an answer takes, and the steps of SQLite's machine."""
    steps = 0

    def count():
        nonlocal steps
        steps += AT_ONCE

    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(count, AT_ONCE)
    with CaptureQueriesContext(connection) as captured:
        if path.endswith(("thread.json", "recent.json", "feed.atom")) or (
            path.endswith("/") and "?" not in path
        ):
            printing.print_page(path)
        else:
            assert client.get(path).status_code == 200, path
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(None, AT_ONCE)
    return [each["sql"] for each in captured if re.match(r"\s*(SELECT|WITH)", each["sql"], re.I)], steps


def indexes(sql):
    """The indexes by which a query reads comments, without `comment_`; `everything` where it reads all."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            plan = cursor.fetchone()[0]
            return set(_indexes_of((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        lines = [row[-1] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'discussion_comment'"
        )
        names = [row[0] for row in cursor.fetchall()]
        found = set()
        for name in names:
            if any(re.search(rf"\b{name}\b", line) for line in lines):
                cursor.execute(f"SELECT group_concat(name) FROM pragma_index_info('{name}')")
                found.add(_COLUMNS.get(cursor.fetchone()[0], name).removeprefix("comment_"))
        aliases = "|".join({"discussion_comment", *re.findall(r'"discussion_comment" (T\d+)', sql)})
        for line in lines:
            if re.match(rf"SEARCH ({aliases}) USING INTEGER PRIMARY KEY", line):
                found.add("key")
            elif re.match(rf"SCAN ({aliases})(?! USING)", line):
                found.add("everything")
        return found


_COLUMNS = {"thread_id,seq": "seq", "thread_id,path": "path"}
"""SQLite gives the indexes of constraints names of its own."""


def _indexes_of(plan):
    name = plan.get("Index Name", "")
    if name == "discussion_comment_pkey":
        yield "key"
    elif name.startswith("comment_"):
        yield name.removeprefix("comment_")
    elif plan["Node Type"] == "Seq Scan" and plan["Relation Name"] == "discussion_comment":
        yield "everything"
    for beneath in plan.get("Plans", []):
        yield from _indexes_of(beneath)


def buffers(sql):
    """What PostgreSQL reads for a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0]
    top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    return top["Shared Hit Blocks"] + top["Shared Read Blocks"]

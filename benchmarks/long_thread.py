"""Database time of every kind of page and call on a thread of 100,000 comments, 30 deep, one answered 10,000 times.

    .venv/bin/python -m benchmarks.long_thread [--comments 100000]
    script/with-postgres .venv/bin/python -m benchmarks.long_thread

Each page is made once to learn its statements; these are then asked again and again, with every row fetched, so that
neither Django nor templates are in the figure. Wanted, p99: 15 ms on SQLite, 25 ms on PostgreSQL.
"""

import argparse
import gc
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks import publication, results
from benchmarks.bulk import next_number, numbers_go_on, put

if TYPE_CHECKING:
    from broadsheet.discussion.models import Thread

PLACES = 25
"""Different pages of each kind."""
ROUNDS = 12
DEPTH = 30
BEGUN = datetime(2026, 1, 2, tzinfo=UTC)
WANTED = {"sqlite": 15.0, "postgresql": 25.0}

Statement = tuple[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=100_000)
    options = parser.parse_args()
    publication.make_home()
    from django.db import connection

    thread = long_thread(options.comments)
    if (
        connection.vendor == "postgresql"
    ):  # what it does by itself in time; SQLite gathers no statistics unasked
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    gc.collect()
    gc.freeze()
    figures: dict[str, object] = {"comments": options.comments, "yardstick": results.yardstick()}
    measured = {name: measure(path) for name, path in kinds(thread).items()}
    figures |= measured
    wanted = WANTED[connection.vendor]
    slow = {name: found["p99_ms"] for name, found in measured.items() if found["p99_ms"] > wanted}
    figures["over_what_is_wanted"] = slow
    results.write(f"long_thread_{connection.vendor}", figures)


def long_thread(size: int) -> "Thread":
    """One root in three, the first answered by a tenth of all; the second begins a talk of thirty levels."""
    from django.utils import timezone

    from broadsheet.discussion import counting, ranking, reading
    from broadsheet.discussion.models import Comment, Thread

    thread = reading.started_thread_of(publication.make_article("where-everybody-talks"))
    template = Comment(
        state=Comment.State.PUBLISHED, render_version=1, thread=thread, posted_at=timezone.now(), author_name="Guest"
    )  # fmt: skip
    put(template, _COLUMNS, _rows(size, next_number(Comment)))
    numbers_go_on(Comment)
    Thread.objects.filter(pk=thread.pk).update(last_seq=size, last_rev=size)
    counting.recount(thread)
    ranking.rank(thread.pk)
    return Thread.objects.select_related("article").get(pk=thread.pk)


_COLUMNS = (
    "id",
    "parent_id",
    "seq",
    "rev",
    "sib",
    "depth",
    "path",
    "likes",
    "imported_likes",
    "posted_at",
    "source",
    "html",
)


def _rows(size: int, first: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(publication.SEED)
    sibs: dict[int, int] = {}
    paths: dict[int, bytes] = {0: b""}
    for seq in range(1, size + 1):
        above = _parent(seq, chance, paths)
        sibs[above] = sibs.get(above, 0) + 1
        paths[seq] = paths[above] + seq.to_bytes(4, "big")
        text = publication.sentence(chance, chance.randrange(5, 60))
        depth, parent = len(paths[seq]) // 4 - 1, first + above - 1 if above else None
        likes = chance.randrange(20) if chance.random() < 0.2 else 0
        at = f"{BEGUN + timedelta(seconds=7 * seq):%Y-%m-%d %H:%M:%S}"
        own = (first + seq - 1, parent, seq, seq, sibs[above], depth, paths[seq])
        yield (*own, likes, likes, at, text, f"<p>{text}</p>")


def _parent(seq: int, chance: random.Random, paths: dict[int, bytes]) -> int:
    """The number of what a comment answers; 0 for a root."""
    if 2 < seq <= 2 + DEPTH:
        return seq - 1
    if seq > 2 and seq % 10 == 0:
        return 1
    if seq <= 2 or chance.random() < 0.32:
        return 0
    above = chance.randrange(1, seq)
    return above if len(paths[above]) // 4 < DEPTH else above - 1 or 1


def kinds(thread: "Thread") -> dict[str, Callable[[], str]]:
    """A page of each kind, another one each time."""
    from broadsheet.discussion import reading

    chance = random.Random(publication.SEED)
    path = thread.article.path
    last, size = reading.last_page(thread), thread.last_seq

    def any_of(form: str, most: int) -> Callable[[], str]:
        return lambda: path + form.format(chance.randrange(1, most + 1))

    return {
        "article": lambda: path,
        "oldest, any page": any_of("comments/oldest/{}/", last),
        "newest, any page": any_of("comments/newest/{}/", last),
        "best": lambda: f"{path}comments/best/",
        "best, any page": any_of("comments/best/v1/{}/", last),
        "a comment's page": any_of("c/{}/", size),
        "the page of a comment 30 deep": lambda: f"{path}c/{1 + DEPTH}/",
        "the page of a comment with 10,000 replies": lambda: f"{path}c/1/",
        "its replies, any page": any_of("c/1/replies/{}/", size // 200),
        "a comment in a frame": any_of("c/{}/embed/", size),
        "feed": lambda: f"{path}comments/feed.atom",
        "recent.json": lambda: f"{path}comments/recent.json",
        "thread.json": lambda: f"{path}thread.json",
        "comments.json": any_of("comments.json?after={}", size),
        "comments.json, by change": any_of("comments.json?since={}", size),
        "comments.json, 1,000": any_of("comments.json?limit=1000&after={}", size - 1000),
        "transcript, any part": any_of("transcript-{}.json", size // 2),
        "a conversation of a tenth": lambda: f"{path}c/1/transcript.json",
        "counts.json": lambda: f"/comments/counts.json?path={path}",
        "newest of all": lambda: "/comments/",
    }


def measure(path: Callable[[], str]) -> dict[str, float]:
    """Milliseconds of all the statements of a page together, over many pages of its kind."""
    times, most = [], 0
    for _ in range(PLACES):
        statements = asked(path())
        most = max(most, len(statements))
        ask_again(statements)  # the first time its pages are read from disk
        for _ in range(ROUNDS):
            started = perf_counter()
            ask_again(statements)
            times.append((perf_counter() - started) * 1000)
    return results.spread(times, "") | {"queries": most}


def asked(path: str) -> list[Statement]:
    """The statements by which a page is made, or an answer given."""
    from django.test import Client

    from broadsheet.kit.pages import NotThere
    from broadsheet.press import printing

    with recorded() as statements:
        if "json?" in path or "transcript" in path:
            answer = Client(SERVER_NAME="127.0.0.1").get(path)
            assert answer.status_code in (200, 302), (path, answer.status_code)
        else:
            try:
                printing.print_page(path)
            except NotThere:
                raise SystemExit(f"{path} is not there.") from None
    return statements


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    from django.db import connection

    found: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        yield found


def ask_again(statements: list[Statement]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
            cursor.fetchall()


if __name__ == "__main__":
    main()

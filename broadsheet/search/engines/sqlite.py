"""Search by SQLite's FTS5: an index of the stems of every text in `models.py`, which holds no text itself.

https://www.sqlite.org/fts5.html, 4.4.3 (contentless-delete tables). Hits come in the order of places, backwards as
fast as forwards, so the newest of very many cost no more than those. What costs is bm25: 1 ms for every 1,000 hits.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

from broadsheet.search.engines.asking import (
    HALF_AS_NEW,
    MOST_SHOWN,
    NEWNESS,
    PATIENCE,
    SHELVES,
    Entry,
    Hits,
    Query,
    Shelf,
    TookTooLong,
)
from broadsheet.search.words import Term

MOST_RANKED = 10_000
_STEPS = 5_000
"""Steps of SQLite's machine between two looks at the clock, well below a millisecond."""


class Sqlite:
    def build(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for shelf in SHELVES:
                for statement in _makings(shelf):
                    cursor.execute(statement)

    def put(self, shelf: Shelf, entries: Sequence[Entry]) -> None:
        columns = ", ".join(["rowid", *shelf.weights, "marks"])
        values = ", ".join(["%s"] * (len(shelf.weights) + 2))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"REPLACE INTO {shelf.index} ({columns}) VALUES ({values})",
                [
                    (entry.place, *(" ".join(stems) for stems in entry.columns), " ".join(entry.marks))
                    for entry in entries
                ],
            )

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            for shelf in SHELVES:
                cursor.execute(f"INSERT INTO {shelf.index} ({shelf.index}) VALUES ('optimize')")

    def find(self, query: Query) -> Hits:
        index, match = query.shelf.index, _match(query)
        first = -(1 << 62) if query.first is None else query.first
        last = 1 << 62 if query.last is None else query.last
        within = f"FROM {index} WHERE {index} MATCH %s AND rowid BETWEEN %s AND %s"
        newest = f"SELECT rowid AS place {within} ORDER BY rowid DESC LIMIT %s"
        weights = ", ".join(str(weight) for weight in query.shelf.weights.values())
        newer = f"1.0 + {NEWNESS} * {HALF_AS_NEW} / ({HALF_AS_NEW} + max(0, %s - (rowid >> 20)))"
        with _patience() as cursor:
            cursor.execute(
                f"SELECT count(*), min(place) FROM ({newest})", [match, first, last, MOST_RANKED + 1]
            )
            count, oldest = cursor.fetchone()
            if query.newest_first:
                cursor.execute(newest, [match, first, last, MOST_SHOWN])
            else:
                cursor.execute(
                    f"SELECT rowid {within} ORDER BY bm25({index}, {weights}, 0.0) * ({newer}), rowid DESC LIMIT %s",
                    [match, oldest + 1 if count > MOST_RANKED else first, last, query.today, MOST_SHOWN],
                )
            places = [row[0] for row in cursor.fetchall()]
        if count > MOST_RANKED:
            return Hits(places, MOST_RANKED, looked_through=MOST_RANKED)
        return Hits(places, count)


def _match(query: Query) -> str:
    """The question in FTS5's own language. A stem has no character in it that means anything there."""
    wanted = " AND ".join(map(_any_of, query.words.wanted))
    if query.words.unwanted:
        wanted = f"({wanted}) NOT ({' OR '.join(map(_any_of, query.words.unwanted))})"
    parts = [f"{{{' '.join(query.shelf.weights)}}} : ({wanted})"]
    parts += [f"{{marks}} : ({' OR '.join(map(_quoted, group))})" for group in query.marks]
    return " AND ".join(f"({part})" for part in parts)


def _any_of(term: Term) -> str:
    return f"({' OR '.join(_quoted(' '.join(stems)) for stems in term)})"


def _quoted(words: str) -> str:
    return f'"{words}"'


@contextmanager
def _patience() -> Iterator[Any]:
    """A cursor whose statements are interrupted when they have taken too long."""
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        raw = connection.connection
        raw.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            yield cursor
        except OperationalError as error:
            if "interrupted" in str(error):
                raise TookTooLong from None
            raise
        finally:
            raw.set_progress_handler(None, 0)


def _makings(shelf: Shelf) -> Iterator[str]:
    """The index holds no text, only where each stem stands; stems come with spaces between them."""
    columns = ", ".join([*shelf.weights, "marks"])
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {shelf.index} "
        f"USING fts5({columns}, content='', contentless_delete=1, tokenize='ascii')"
    )
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {shelf.table}_gone AFTER DELETE ON {shelf.table} "
        f"BEGIN DELETE FROM {shelf.index} WHERE rowid = old.place; END"
    )

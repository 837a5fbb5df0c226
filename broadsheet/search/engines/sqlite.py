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

MOST_RANKED = 5_000
_STEP = 500
"""Pages of the index, of 4 KB, that are written before anybody else may write."""
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
                    (entry.place, *map(" ".join, entry.columns), " ".join(map(_mark, entry.marks)))
                    for entry in entries
                ],
            )

    def tidy(self) -> None:
        """What FTS5's own "optimize" does, step by step: whoever writes meanwhile waits for a step and not for all."""
        for shelf in SHELVES:
            pages = -_STEP  # less than nothing: of all levels
            while _merged(shelf, pages):
                pages = _STEP

    def find(self, query: Query) -> Hits:
        index, match, wide = query.shelf.index, _match(query), _match(query, phrases=False)
        most = -(-MOST_RANKED // query.words.length)
        first = -(1 << 62) if query.first is None else query.first
        last = 1 << 62 if query.last is None else query.last
        within = f"FROM {index} WHERE {index} MATCH %s AND rowid BETWEEN %s AND %s"
        newest = f"SELECT rowid AS place {within} ORDER BY rowid DESC LIMIT %s"
        with _patience() as cursor:
            cursor.execute(f"SELECT count(*), min(place) FROM ({newest})", [wide, first, last, most + 1])
            count, oldest = cursor.fetchone()
            many = count > most
            if many:
                first, count = oldest + 1, most
            if match != wide:
                cursor.execute(f"SELECT count(*) {within}", [match, first, last])
                count = cursor.fetchone()[0]
            order, values = _order(query, match, first, last, titles=many and match != wide)
            cursor.execute(
                f"SELECT rowid {within} ORDER BY {order} LIMIT %s", [match, first, last, *values, MOST_SHOWN]
            )
            places = [row[0] for row in cursor.fetchall()]
        return Hits(places, count, looked_through=most if many else 0)


def _merged(shelf: Shelf, pages: int) -> bool:
    """Merge segments of the index as far as so many pages go; whether there was anything left to merge."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = connection.connection.total_changes
        cursor.execute(f"INSERT INTO {shelf.index} ({shelf.index}, rank) VALUES ('merge', %s)", [pages])
        return int(connection.connection.total_changes) - int(before) > 1


def _order(query: Query, match: str, first: int, last: int, *, titles: bool) -> tuple[str, list[Any]]:
    """In which order hits come. bm25 looks at every hit of a phrase, even those that are not asked for: where they may
    be very many, those come first that have it in their titles."""
    if query.newest_first:
        return "rowid DESC", []
    index, weights = query.shelf.index, query.shelf.weights
    if titles:
        titled = f"SELECT rowid FROM {index} WHERE {index} MATCH %s AND rowid BETWEEN %s AND %s"
        return f"rowid IN ({titled}) DESC, rowid DESC", [
            f"{{{next(iter(weights))}}} : ({match})",
            first,
            last,
        ]
    newer = f"1.0 + {NEWNESS} * {HALF_AS_NEW} / ({HALF_AS_NEW} + max(0, %s - (rowid >> 20)))"
    ranked = f"bm25({index}, {', '.join(map(str, weights.values()))}, 0.0)"
    return f"{ranked} * ({newer}), rowid DESC", [query.today]


def _match(query: Query, *, phrases: bool = True) -> str:
    """The question in FTS5's own language; without phrases, for those texts that have their words anywhere.

    A stem has no character in it that means anything there.
    """
    words = query.words
    parts = [_any_of(term, " " if phrases else '" AND "') for term in words.wanted]
    parts += [f"({' OR '.join(_quoted(_mark(mark)) for mark in group)})" for group in query.marks]
    wanted = " AND ".join(parts)
    if words.unwanted and phrases:
        return f"({wanted}) NOT ({' OR '.join(_any_of(term, ' ') for term in words.unwanted)})"
    return wanted


def _mark(mark: str) -> str:
    """A mark as a word of the index that is in no text: its first sign is no letter to `kit.stemming`."""
    return mark.replace("~", "\ue000")


def _any_of(term: Term, joined: str) -> str:
    return f"({' OR '.join(f'({_quoted(joined.join(stems))})' for stems in term)})"


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

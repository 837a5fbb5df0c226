"""Search by SQLite's FTS5: an index over the texts of `models.py`, kept by triggers, which holds no text itself.

https://www.sqlite.org/fts5.html, 4.4.3 (external content). Hits come in the order of places, backwards as fast as
forwards, so the newest of very many cost no more than those. What costs is bm25: 1 ms for every 1,000 hits.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

from broadsheet.search.engines.asking import (
    BEGIN,
    END,
    HALF_AS_NEW,
    MOST_SHOWN,
    NEWNESS,
    PATIENCE,
    SHELVES,
    Excerpt,
    Hits,
    Query,
    Shelf,
    TookTooLong,
)

MOST_RANKED = 10_000
EXCERPT_WORDS = 36
_STEPS = 5_000
"""Steps of SQLite's machine between two looks at the clock, well below a millisecond."""


class Sqlite:
    def build(self, language: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")
            present = {row[0] for row in cursor.fetchall()}
        missing = [shelf for shelf in SHELVES if _create(shelf, language) not in present]
        for shelf in missing:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in (*_drops(shelf), _create(shelf, language), *_triggers(shelf)):
                    cursor.execute(statement)
                cursor.execute(f"INSERT INTO {_index(shelf)} ({_index(shelf)}) VALUES ('rebuild')")
        return bool(missing)

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            for shelf in SHELVES:
                cursor.execute(f"INSERT INTO {_index(shelf)} ({_index(shelf)}) VALUES ('optimize')")

    def find(self, query: Query) -> Hits:
        index, match = _index(query.shelf), _match(query)
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

    def excerpts(self, query: Query, places: list[int]) -> dict[int, Excerpt]:
        if not places:
            return {}
        index, columns = _index(query.shelf), list(query.shelf.weights)
        title, text = columns.index(query.shelf.titled), columns.index(query.shelf.excerpted)
        numbers = ", ".join(str(int(place)) for place in places)
        with _patience() as cursor:
            cursor.execute(
                f"SELECT rowid, highlight({index}, {title}, %s, %s), "
                f"snippet({index}, {text}, %s, %s, '…', {EXCERPT_WORDS}) "
                f"FROM {index} WHERE {index} MATCH %s AND rowid IN ({numbers})",
                [BEGIN, END, BEGIN, END, _match(query)],
            )
            return {row[0]: Excerpt(row[1] or "", row[2] or "") for row in cursor.fetchall()}


def _match(query: Query) -> str:
    """The question in FTS5's own language. Every term is a string of it, in which nothing but a quote has a meaning."""
    wanted = " AND ".join(map(_quoted, query.words.wanted))
    if query.words.unwanted:
        wanted = f"({wanted}) NOT ({' OR '.join(map(_quoted, query.words.unwanted))})"
    parts = [f"{{{' '.join(query.shelf.weights)}}} : ({wanted})"]
    parts += [f"{{marks}} : ({' OR '.join(map(_quoted, group))})" for group in query.marks]
    return " AND ".join(f"({part})" for part in parts)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', " ") + '"'


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


def _index(shelf: Shelf) -> str:
    return f"{shelf.table}_words"


def _columns(shelf: Shelf) -> list[str]:
    return [*shelf.weights, "marks"]


def _create(shelf: Shelf, language: str) -> str:
    """Porter's stemmer knows English only; other languages are found word by word, accents or not."""
    stemmed = "porter " if language.lower().partition("-")[0] == "en" else ""
    return (
        f"CREATE VIRTUAL TABLE {_index(shelf)} USING fts5({', '.join(_columns(shelf))}, content='{shelf.table}', "
        f"content_rowid='place', tokenize='{stemmed}unicode61 remove_diacritics 2')"
    )


def _drops(shelf: Shelf) -> list[str]:
    triggers = [f"DROP TRIGGER IF EXISTS {shelf.table}_{deed}" for deed in ("insert", "delete", "update")]
    return [*triggers, f"DROP TABLE IF EXISTS {_index(shelf)}"]


def _triggers(shelf: Shelf) -> list[str]:
    index, columns = _index(shelf), ", ".join(_columns(shelf))
    old, new = (", ".join(f"{row}.{name}" for name in _columns(shelf)) for row in ("old", "new"))
    put = f"INSERT INTO {index} (rowid, {columns}) VALUES (new.place, {new});"
    take = f"INSERT INTO {index} ({index}, rowid, {columns}) VALUES ('delete', old.place, {old});"
    return [
        f"CREATE TRIGGER {shelf.table}_insert AFTER INSERT ON {shelf.table} BEGIN {put} END",
        f"CREATE TRIGGER {shelf.table}_delete AFTER DELETE ON {shelf.table} BEGIN {take} END",
        f"CREATE TRIGGER {shelf.table}_update AFTER UPDATE ON {shelf.table} BEGIN {take} {put} END",
    ]

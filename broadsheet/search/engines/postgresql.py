"""Search by PostgreSQL's full text: a table of stems beside each of the texts in `models.py`, with a GIN index.

https://www.postgresql.org/docs/15/textsearch.html. The index knows which texts have all the words, not where in them:
for phrases and for ranks each text's lexemes are fetched, 25 µs apiece. So that is done for the newest hits only, and
the planner, which takes fetching for free, is told to ask the index and nothing else. Each text bears the mark of its
year: where the last ones have hits enough, the index passes over all others.
"""

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
from broadsheet.search.places import DAY
from broadsheet.search.words import Term

MOST_RANKED = 1_000
"""Of one word; of several as many fewer, since each of them is looked for in each text."""
FEWEST_RANKED = 300
_YEAR = 365 << DAY
"""Places in a year, as far as the marks are concerned."""
_LAST_YEARS = 2
_LETTERS = "ABCD"
_LAST = 16_383
"""The highest position that a tsvector knows."""
_APART = 10
"""Positions between two columns: no phrase goes from one into the next."""


class Postgresql:
    def build(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for shelf in SHELVES:
                for statement in _makings(shelf):
                    cursor.execute(statement)

    def put(self, shelf: Shelf, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {shelf.index} (place, words) VALUES (%s, %s::tsvector) "
                f"ON CONFLICT (place) DO UPDATE SET words = excluded.words",
                [(entry.place, _vector(entry)) for entry in entries],
            )

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            for shelf in SHELVES:
                cursor.execute(f"SELECT gin_clean_pending_list('{shelf.index}_gin'::regclass)")
                cursor.execute(f"ANALYZE {shelf.index}")

    def find(self, query: Query) -> Hits:
        most = max(MOST_RANKED // query.words.length, min(FEWEST_RANKED, MOST_RANKED))
        with _patience() as cursor:
            newest = _newest(cursor, query)
            last_years = [newest // _YEAR - back for back in range(_LAST_YEARS)]
            found = _found(cursor, query, most, last_years)
            since = query.first
            if found.looked_through or (since is not None and since // _YEAR >= last_years[-1]):
                return found
            return _found(cursor, query, most)


def _newest(cursor: Any, query: Query) -> int:
    """The place of the newest text that could be a hit."""
    cursor.execute(f"SELECT coalesce(max(place), 0) FROM {query.shelf.index}")
    newest = int(cursor.fetchone()[0])
    return newest if query.last is None else min(newest, query.last)


def _found(cursor: Any, query: Query, most: int, years: Sequence[int] = ()) -> Hits:
    """Hits among the newest texts that have the words; of these years only, if any are named."""
    table = query.shelf.index
    within, values = _within(query, years)
    values |= {"weights": _weights(query.shelf), "today": query.today}
    score, order = _order(query)
    # The index is exact but for phrases and for what is left out.
    asked = f"WHERE words @@ {_ALL}" if query.words.unwanted or query.words.phrases else ""
    cursor.execute(
        f"WITH newest AS MATERIALIZED ("
        f"SELECT place, words FROM {table} WHERE {within} ORDER BY place DESC LIMIT {most + 1}), "
        f"hits AS MATERIALIZED (SELECT place, {score} AS score "
        f"FROM (SELECT * FROM newest ORDER BY place DESC LIMIT {most}) ranked {asked}), "
        f"shown AS (SELECT place FROM hits ORDER BY {order} LIMIT {MOST_SHOWN}) "
        f"SELECT array(SELECT place FROM shown), (SELECT count(*) FROM hits), (SELECT count(*) FROM newest)",
        values,
    )
    places, count, looked_through = cursor.fetchone()
    return Hits(places, count, most if looked_through > most else 0)


def _order(query: Query) -> tuple[str, str]:
    """A score, for which each text's stems are fetched, and the order of hits by it."""
    if query.newest_first:
        return "0", "place DESC"
    newer = f"1.0 + {NEWNESS} * {HALF_AS_NEW} / ({HALF_AS_NEW} + greatest(0, %(today)s - (place >> 20)))"
    return f"ts_rank(%(weights)s::real[], words, {_ALL}, 1) * ({newer})", "score DESC, place DESC"


_ALL = "%(all)s::tsquery"


def _weights(shelf: Shelf) -> list[float]:
    """In the order that ts_rank wants them, of D, C, B and A, none over 1."""
    most = max(shelf.weights.values())
    weights = [weight / most for weight in shelf.weights.values()]
    return [*reversed(weights + [0.0] * (len(_LETTERS) - len(weights)))]


def _within(query: Query, years: Sequence[int] = ()) -> tuple[str, dict[str, Any]]:
    """Which texts have the words at all, as the index alone can tell: a phrase is but its words there."""
    wanted = [_any_of(term, " & ") for term in query.words.wanted]
    wanted += [f"({' | '.join(map(_quoted, group))})" for group in query.marks]
    wanted += [f"({' | '.join(_quoted(_mark_of(year)) for year in years)})"] if years else []
    values: dict[str, Any] = {"all": _asked(query), "each": " & ".join(wanted)}
    parts = ["words @@ %(each)s::tsquery"]
    for name, sign, place in (("first", ">=", query.first), ("last", "<=", query.last)):
        if place is not None:
            values[name] = place
            # Added to, so that the planner goes by the words alone: it takes fetching each text of a year for free.
            parts.append(f"place + 0 {sign} %({name})s")
    return " AND ".join(parts), values


def _asked(query: Query) -> str:
    """The words of the question as a tsquery. A stem has no character in it that means anything there."""
    wanted = [_any_of(term, " <-> ") for term in query.words.wanted]
    return " & ".join([*wanted, *(f"!{_any_of(term, ' <-> ')}" for term in query.words.unwanted)])


def _any_of(term: Term, joined: str) -> str:
    return f"({' | '.join(f'({joined.join(map(_quoted, stems))})' for stems in term)})"


def _mark_of(year: int) -> str:
    return f"~y{year}"


def _quoted(word: str) -> str:
    return f"'{word}'"


def _vector(entry: Entry) -> str:
    """The entry as a tsvector: each stem with its positions, and their column as a letter."""
    found: dict[str, list[str]] = {mark: [] for mark in (*entry.marks, _mark_of(entry.place // _YEAR))}
    at = 0
    for letter, stems in zip(_LETTERS, entry.columns, strict=False):
        for stem in stems:
            at += 1
            found.setdefault(stem, []).append(f"{min(at, _LAST)}{letter}")
        at += _APART
    return " ".join(_quoted(word) + (f":{','.join(where)}" if where else "") for word, where in found.items())


@contextmanager
def _patience() -> Iterator[Any]:
    """A cursor whose statements are cancelled when they have taken too long, and that goes by the index."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL statement_timeout = {int(PATIENCE * 1000)}; SET LOCAL enable_seqscan = off; "
            "SET LOCAL enable_indexscan = off; SET LOCAL jit = off"
        )
        try:
            yield cursor
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == "57014":  # query_canceled
                raise TookTooLong from None
            raise


def _makings(shelf: Shelf) -> Iterator[str]:
    """A narrow table beside the texts: where each text's stems lie apart, its rows are counted in a few pages."""
    gone = f"{shelf.table}_gone"
    yield f"CREATE TABLE IF NOT EXISTS {shelf.index} (place bigint PRIMARY KEY, words tsvector NOT NULL)"
    yield f"ALTER TABLE {shelf.index} ALTER COLUMN words SET STORAGE EXTERNAL"  # fetched without unpacking
    yield f"ALTER TABLE {shelf.index} SET (toast_tuple_target = 128)"
    yield f"CREATE INDEX IF NOT EXISTS {shelf.index}_gin ON {shelf.index} USING gin (words)"
    for deed, each, taken in (
        ("DELETE", "ROW", f"DELETE FROM {shelf.index} WHERE place = old.place"),
        ("TRUNCATE", "STATEMENT", f"TRUNCATE {shelf.index}"),
    ):
        name = f"{gone}_{deed.lower()}"
        body = f"$$BEGIN {taken}; RETURN NULL; END$$"
        yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}"
        yield (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {deed} ON {shelf.table} FOR EACH {each} EXECUTE FUNCTION {name}()"
        )

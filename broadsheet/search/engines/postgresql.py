"""Search by PostgreSQL's full text: a generated column of lexemes beside the texts of `models.py`, with a GIN index.

https://www.postgresql.org/docs/15/textsearch.html. The index knows which texts have all the words, not where in them:
for phrases and for ranks each text's lexemes are fetched, 25 µs apiece. So that is done for the newest hits only, and
the planner, which takes fetching for free, is told to ask the index and nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, OperationalError, connection, transaction

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

MOST_RANKED = 1000
CONFIGURATION = "broadsheet_search"
_LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Those whose stemmers come with every PostgreSQL from version 15."""
_LETTERS = "ABCD"
_EXCERPT = f'StartSel="{BEGIN}", StopSel="{END}", MaxWords=36, MinWords=24'
_WHOLE = f'StartSel="{BEGIN}", StopSel="{END}", HighlightAll=true'


class Postgresql:
    def build(self, language: str) -> bool:
        stemmer = _LANGUAGES.get(language.lower().partition("-")[0], "simple")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT obj_description(oid, 'pg_ts_config') FROM pg_ts_config WHERE cfgname = %s",
                [CONFIGURATION],
            )
            row = cursor.fetchone()
            if row is not None and row[0] == stemmer:
                return False
            for statement in _makings(stemmer, unaccent=_unaccents(cursor)):
                cursor.execute(statement)
        return True

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            for shelf in SHELVES:
                cursor.execute(f"ANALYZE {shelf.table}")
                cursor.execute(f"SELECT gin_clean_pending_list('{shelf.table}_words'::regclass)")

    def find(self, query: Query) -> Hits:
        table = query.shelf.table
        within, values = _within(query)
        newer = f"1.0 + {NEWNESS} * {HALF_AS_NEW} / ({HALF_AS_NEW} + greatest(0, %(today)s - (place >> 20)))"
        values |= {"weights": _weights(query.shelf), "today": query.today}
        order = "place DESC" if query.newest_first else "score DESC, place DESC"
        with _patience() as cursor:
            cursor.execute(
                f"WITH newest AS MATERIALIZED ("
                f"SELECT place, words FROM {table} WHERE {within} ORDER BY place DESC LIMIT {MOST_RANKED + 1}), "
                f"hits AS MATERIALIZED ("
                f"SELECT place, ts_rank(%(weights)s::real[], words, {_ALL}, 1) * ({newer}) AS score "
                f"FROM (SELECT * FROM newest ORDER BY place DESC LIMIT {MOST_RANKED}) ranked WHERE words @@ {_ALL}) "
                f"SELECT place, count(*) OVER (), (SELECT count(*) FROM newest) FROM hits "
                f"ORDER BY {order} LIMIT {MOST_SHOWN}",
                values,
            )
            rows = cursor.fetchall()
        if not rows:
            return Hits([], 0)
        looked_through = MOST_RANKED if rows[0][2] > MOST_RANKED else 0
        return Hits([row[0] for row in rows], min(rows[0][1], MOST_RANKED), looked_through)

    def excerpts(self, query: Query, places: list[int]) -> dict[int, Excerpt]:
        if not places:
            return {}
        shelf = query.shelf
        with _patience() as cursor:
            cursor.execute(
                f"SELECT place, ts_headline('{CONFIGURATION}', {shelf.titled}, {_ALL}, %(whole)s), "
                f"ts_headline('{CONFIGURATION}', {shelf.excerpted}, {_ALL}, %(excerpt)s) "
                f"FROM {shelf.table} WHERE place = ANY(%(places)s)",
                {"all": _phrased(query), "whole": _WHOLE, "excerpt": _EXCERPT, "places": places},
            )
            return {row[0]: Excerpt(row[1], row[2]) for row in cursor.fetchall()}


_ALL = f"websearch_to_tsquery('{CONFIGURATION}', %(all)s)"


def _weights(shelf: Shelf) -> list[float]:
    """In the order that ts_rank wants them, of D, C, B and A, none over 1."""
    most = max(shelf.weights.values())
    weights = [weight / most for weight in shelf.weights.values()]
    return [*reversed(weights + [0.0] * (len(_LETTERS) - len(weights)))]


def _within(query: Query) -> tuple[str, dict[str, Any]]:
    """Which texts have the words at all, as the index alone can tell: a phrase is but its words there."""
    values: dict[str, Any] = {"all": _phrased(query), "each": " ".join(query.words.wanted)}
    asked = [f"plainto_tsquery('{CONFIGURATION}', %(each)s)"]
    for number, group in enumerate(query.marks):
        values[f"marks{number}"] = " | ".join(f"'{mark}'" for mark in group)
        asked.append(f"%(marks{number})s::tsquery")
    parts = [f"words @@ ({' && '.join(asked)})"]
    for name, sign, place in (("first", ">=", query.first), ("last", "<=", query.last)):
        if place is not None:
            values[name] = place
            parts.append(f"place {sign} %({name})s")
    return " AND ".join(parts), values


def _phrased(query: Query) -> str:
    """The question in the language of websearch_to_tsquery, every term in quotes: so nothing in it has a meaning."""
    wanted = [_quoted(term) for term in query.words.wanted]
    return " ".join([*wanted, *(f"-{_quoted(term)}" for term in query.words.unwanted)])


def _quoted(term: str) -> str:
    return '"' + term.replace('"', " ") + '"'


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


def _unaccents(cursor: Any) -> bool:
    """Whether accents can be left out of account: the extension is trusted, so a database's owner may make it."""
    try:
        with transaction.atomic():
            cursor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    except Error:  # not installed on that server, or not allowed
        return False
    return True


def _makings(stemmer: str, *, unaccent: bool) -> Iterator[str]:
    """The configuration, without PostgreSQL's stop words so that phrases are whole, and what is generated by it."""
    for shelf in SHELVES:
        yield f"ALTER TABLE {shelf.table} DROP COLUMN IF EXISTS words"
    yield f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION}"
    yield f"DROP TEXT SEARCH DICTIONARY IF EXISTS {CONFIGURATION}_stem"
    template = "simple" if stemmer == "simple" else f"snowball, LANGUAGE = {stemmer}"
    yield f"CREATE TEXT SEARCH DICTIONARY {CONFIGURATION}_stem (TEMPLATE = {template})"
    yield f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = simple)"
    chain = f"unaccent, {CONFIGURATION}_stem" if unaccent else f"{CONFIGURATION}_stem"
    for token in ("word", "asciiword", "hword", "asciihword", "hword_part", "hword_asciipart"):
        yield f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} ALTER MAPPING FOR {token} WITH {chain}"
    yield f"COMMENT ON TEXT SEARCH CONFIGURATION {CONFIGURATION} IS '{stemmer}'"
    for shelf in SHELVES:
        yield f"ALTER TABLE {shelf.table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({_generated(shelf)}) STORED"
        yield f"ALTER TABLE {shelf.table} ALTER COLUMN words SET STORAGE EXTERNAL"  # to be fetched without unpacking
        yield f"CREATE INDEX {shelf.table}_words ON {shelf.table} USING gin (words)"


def _generated(shelf: Shelf) -> str:
    words = [
        f"setweight(to_tsvector('{CONFIGURATION}'::regconfig, {column}), '{letter}')"
        for column, letter in zip(shelf.weights, _LETTERS, strict=False)
    ]
    return " || ".join([*words, "array_to_tsvector(array_remove(string_to_array(marks, ' '), ''))"])

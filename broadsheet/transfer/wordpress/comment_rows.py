"""Comments as rows, written by the thousand: Django's instances would cost more than all the rest of an import."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from broadsheet.discussion.models import Comment

COLUMNS = (
    "id", "thread_id", "parent_id", "seq", "sib", "depth", "path", "state", "rev", "author_name", "guest_id",
    "reader_id", "mark", "posted_at", "edited_at", "source", "html", "render_version", "pictures", "last_sib",
    "reply_count", "descendant_count", "likes", "dislikes", "imported_likes", "imported_dislikes", "best", "network",
    "fingerprint", "anchor", "passage_id", "extra",
)  # fmt: skip
"""Every column there is; a test holds them against the model."""

_INSERT = (
    f"INSERT INTO {Comment._meta.db_table} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
)
_EXTRA = Comment._meta.get_field("extra")
_LAST_GIVEN = "SELECT MAX(seq) FROM sqlite_sequence WHERE name = %s"
_NEXT_GIVEN = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


def reserve(count: int) -> Sequence[int]:
    """Numbers for so many comments, so that replies know their parents' before either is written.

    Call it inside the transaction that writes them: SQLite gives the same numbers to whoever asks next.
    """
    table = Comment._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_LAST_GIVEN, [table])
            first = (cursor.fetchone()[0] or 0) + 1
            return range(first, first + count)
        cursor.execute(_NEXT_GIVEN, [table, count])
        return [int(number) for (number,) in cursor.fetchall()]


def insert(rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of `COLUMNS`, their values as `moment` and `json` make them."""
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, list(rows))


def moment(value: datetime | None) -> Any:
    return None if value is None else connection.ops.adapt_datetimefield_value(value)


def json(value: dict[str, object]) -> Any:
    return _EXTRA.get_db_prep_value(value, connection) if value else None

"""Very many rows into a table, past the ORM: what makes 100,000 articles a matter of seconds."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

AT_ONCE = 5_000


def put(template: models.Model, varying: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows that are like the template but for these columns, given as the database itself keeps them."""
    fields = [field for field in template._meta.concrete_fields if not field.primary_key]
    alike = {
        field.column: field.get_db_prep_save(getattr(template, field.attname), connection)
        for field in fields
        if field.column not in varying
    }
    table, columns, same = template._meta.db_table, [*alike, *varying], tuple(alike.values())
    for some in _batches(rows):
        with transaction.atomic(), connection.cursor() as cursor:
            insert(cursor, table, columns, ((*same, *row) for row in some))


def insert(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(columns)
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def next_number(model: type[models.Model]) -> int:
    """The number that the next row will have, if nobody else writes."""
    highest = model._default_manager.aggregate(highest=models.Max("pk"))["highest"]
    return int(highest or 0) + 1


def numbers_go_on(model: type[models.Model]) -> None:
    """Let PostgreSQL count on from rows that brought their own numbers."""
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )


def settle() -> None:
    """Do at once what PostgreSQL would do by itself within minutes, so that one command fills and measures."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def index_built_afterwards(table: str, index: str) -> Iterator[None]:
    """PostgreSQL builds an index of words over what is there five times as fast as row by row."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_get_indexdef('{index}'::regclass)")
        definition = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {index}")
    yield
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(definition)


def _batches(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    left = iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        yield batch

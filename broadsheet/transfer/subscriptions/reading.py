"""The rows of a file, whichever of the two it is: CSV with a line of names, or an SQL dump."""

import csv
from collections.abc import Iterator
from pathlib import Path

from broadsheet.transfer.subscriptions import sql
from broadsheet.transfer.subscriptions.sql import Row

SUBSCRIPTIONS, FOLLOWS = "wc_comments_subscription", "wc_follow_users"
TABLES = {
    SUBSCRIPTIONS: (
        "id", "email", "subscribtion_id", "post_id", "subscribtion_type", "activation_key", "confirm",
        "subscription_date", "imported_from",
    ),
    FOLLOWS: (
        "id", "post_id", "user_id", "user_email", "user_name", "follower_id", "follower_email", "follower_name",
        "activation_key", "confirm", "follow_timestamp", "follow_date",
    ),
}  # fmt: skip
"""As wpDiscuz makes them, whatever prefix stands before their names."""
LONGEST_LINE = 64 * 1024


class Unreadable(Exception):
    """A whole sentence: what is wrong, and what to do about it."""


def rows(file: Path) -> Iterator[tuple[str, Row]]:
    """The table and the values of each row."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        first = text.readline(LONGEST_LINE)
        text.seek(0)
        if table := _table_of(first):
            yield from _csv_rows(text, first, table)
        else:
            text.seek(0)
            yield from sql.rows(text, TABLES)


def _table_of(first: str) -> str:
    names = {
        name.strip().strip('"').lower() for name in first.replace(";", ",").replace("\t", ",").split(",")
    }
    if {"email", "subscribtion_type"} <= names:
        return SUBSCRIPTIONS
    return FOLLOWS if {"follower_email", "user_email"} <= names else ""


def _csv_rows(text: Iterator[str], first: str, table: str) -> Iterator[tuple[str, Row]]:
    before = csv.field_size_limit(LONGEST_LINE)
    reader = csv.DictReader(text, delimiter=max(",;\t", key=first.count))
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    try:
        for row in reader:
            yield table, {name: value for name, value in row.items() if name and isinstance(value, str)}
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num} is no CSV ({error}). Export the table anew.") from None
    finally:
        csv.field_size_limit(before)

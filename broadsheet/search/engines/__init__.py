"""The two databases that can search, each behind `asking.Engine`."""

from django.db import connection

from broadsheet.search.engines import postgresql, sqlite
from broadsheet.search.engines.asking import Engine


def engine() -> Engine:
    """The engine of the database in use."""
    return sqlite.Sqlite() if connection.vendor == "sqlite" else postgresql.Postgresql()

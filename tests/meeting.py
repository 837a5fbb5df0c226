"""Two people at one statement: what happens once a year by chance, happens in such a test each time."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from tests.patience import eventually


@contextmanager
def meeting(statement: str, deed: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """When this connection is about to execute what begins with `statement`, somebody else does the deed over another.

    Ours goes on once that is done, or waits for us. When all is over one may ask what the deed returned.
    For PostgreSQL: on SQLite whoever writes has it alone.
    """
    met: list[Future[Any]] = []

    def apart() -> Any:
        try:
            return deed()
        finally:
            connections.close_all()

    def waits(for_us: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))",
                [for_us],
            )
            return bool(cursor.fetchone()[0])

    def watch(us: int) -> None:
        try:
            assert eventually(lambda: met[0].done() or waits(us))
        finally:
            connections.close_all()

    def meet(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(statement) and not met:
            met.append(others.submit(apart))
            others.submit(watch, connection.connection.info.backend_pid).result()
        return execute(sql, params, many, context)

    with ThreadPoolExecutor(2) as others, connection.execute_wrapper(meet):
        yield lambda: met[0].result()  # noqa: PLW0108 - there is none before they met

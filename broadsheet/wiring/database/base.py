"""Django's SQLite backend on the SQLite that comes with Broadsheet, with writers that queue fairly.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database (the "WAL-reset" bug, mended in 3.51.3), and Debian 12 ships
3.40. And SQLite's own waiting is a sleep with growing pauses: under load a writer may starve for seconds. Here a
transaction first takes its turn: threads of a process at a lock that wakes the next one at once, processes at two lock
files that they look at every half millisecond. Who holds the second is the next; else a process with much to write,
which sees at once that the turn is free, would always have it.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.backends.sqlite3 import base
from pysqlite3 import dbapi2

SAFE_VERSION = (3, 51, 3)
PATIENCE = 20.0
"""Seconds to wait for the turn; a writer that is stopped must not stop everybody for ever."""
GLANCE = 0.0005

_turns: dict[str, threading.Lock] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: "threading.Lock | None" = None
    _lock_file: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        found = dbapi2.sqlite_version_info
        if found < SAFE_VERSION:
            raise ImproperlyConfigured(
                f"SQLite {'.'.join(map(str, found))} can lose data (it needs 3.51.3 or newer). "
                "Mend: run script/server, which installs pysqlite3, or set DATABASE_URL to a PostgreSQL database."
            )
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # where this fails, Django rolls back next, and that ends the turn
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self.is_in_memory_db() or self._turn is not None:
            return
        turn = _turns.setdefault(name, threading.Lock())
        until = time.monotonic() + PATIENCE
        if not turn.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked: another thread has been writing for too long")
        try:
            with _locked(f"{name}.next", until):
                self._lock_file = _lock(f"{name}.turn", until)
        except BaseException:
            turn.release()
            raise
        self._turn = turn

    def _end_turn(self) -> None:
        if self._turn is None:
            return
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None
        turn, self._turn = self._turn, None
        turn.release()


@contextmanager
def _locked(name: str, until: float) -> Iterator[None]:
    descriptor = _lock(name, until)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(name: str, until: float) -> int:
    """The lock file, open and locked; closing it ends the lock."""
    descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise OperationalError(
                        "database is locked: another process has been writing for too long"
                    ) from None
                time.sleep(GLANCE)
            else:
                return descriptor
    except BaseException:
        os.close(descriptor)
        raise

"""How comments are written: how many are prepared at a time, and how those that are ready share one commit.

In one process few comments are prepared at a time: with more, whoever holds SQLite's turn waits for the interpreter.
What is ready then waits without working, and is written together (a "group commit"): the disk is asked once for all
who post at the same moment, instead of once for each.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection, transaction

Result = TypeVar("Result")

PATIENCE = 20
"""Seconds a comment waits, for its place and then for its turn, until its author is told that it is not saved."""
MOST_TOGETHER = 50

_places = threading.BoundedSemaphore(2)
_mine = threading.local()


@contextmanager
def place() -> Iterator[None]:
    """Take a place to prepare a comment. `write` gives it back, so that others may come while this one waits."""
    if not _places.acquire(timeout=PATIENCE):
        raise OperationalError("Too many comments wait to be written.")
    _mine.seated = True
    try:
        yield
    finally:
        _leave()


def write(deed: Callable[[], Result]) -> Result:
    """Do the deed in a transaction; what it returned, once that is committed."""
    _leave()
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            return deed()
    return _group.write(deed)


def _leave() -> None:
    if getattr(_mine, "seated", False):
        _mine.seated = False
        _places.release()


class Waiting(Generic[Result]):
    """A deed that waits to be done by whoever leads the group; `called` when it is done, or is to lead."""

    result: Result

    def __init__(self, deed: Callable[[], Result]) -> None:
        self.deed = deed
        self.called = threading.Event()
        self.leads = False
        self.error: BaseException | None = None

    def outcome(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result


class Group:
    """Deeds that wait in one process. One of those who brought them leads: it does all of them, in one transaction."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting[Any]] = deque()
        self._lock = threading.Lock()
        """Held for a moment, to come, to go or to be called; never while something is written."""
        self._led = False

    def write(self, deed: Callable[[], Result]) -> Result:
        mine = Waiting(deed)
        with self._lock:
            self._waiting.append(mine)
            if not self._led:
                self._led = mine.leads = True
        if not mine.leads:
            self._await(mine)
        if mine.leads:
            self._lead()
        return mine.outcome()

    def _await(self, mine: Waiting[Result]) -> None:
        if mine.called.wait(PATIENCE):
            return
        with self._lock:
            if mine in self._waiting and not mine.leads:
                self._waiting.remove(mine)
                raise OperationalError("Too many comments wait to be written.")
        mine.called.wait()  # it is being done, and how that ends must be known

    def _lead(self) -> None:
        together: list[Waiting[Any]] = []
        try:
            with transaction.atomic():
                together = self._taken()  # those too who came while the turn was awaited
                for each in together:
                    each.result = each.deed()
        except BaseException as error:
            together = together or self._taken()
            if len(together) == 1 or isinstance(error, OperationalError):
                for each in together:
                    each.error = error
            else:
                self._do_apart(together)
        finally:
            self._call(together)

    def _taken(self) -> list[Waiting[Any]]:
        with self._lock:
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]

    def _call(self, together: list[Waiting[Any]]) -> None:
        """Call those whose deeds are done, and the next to lead."""
        with self._lock:
            self._led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].called.set()
        for each in together:
            each.called.set()

    def _do_apart(self, together: list[Waiting[Any]]) -> None:
        """One of them failed, and nothing is written: the others must not suffer from it."""
        for each in together:
            try:
                with transaction.atomic():
                    each.result = each.deed()
            except BaseException as error:
                each.error = error


_group = Group()

"""The desk at which comments are written: how many work at it, and how those that are ready share one commit.

In one process few comments are prepared at a time: with more, whoever holds SQLite's turn waits for the interpreter.
What is ready then waits without working, and is written together (a "group commit"): the disk is asked once for all
who post at the same moment, instead of once for each.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from django.db import OperationalError, connection, transaction

Result = TypeVar("Result")

PATIENCE = 20
"""Seconds a comment waits, for its place and then for its turn, until its author is told that it is not saved."""
MOST_TOGETHER = 50

_places = threading.BoundedSemaphore(2)
_mine = threading.local()


@contextmanager
def place() -> Iterator[None]:
    """Work on a comment at the desk. `write` leaves it, so that others may come while this one waits."""
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
    """A deed that waits to be done, perhaps by another thread."""

    result: Result

    def __init__(self, deed: Callable[[], Result]) -> None:
        self.deed = deed
        self.done = False
        self.error: BaseException | None = None

    def outcome(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result


class Group:
    """Deeds that wait in one process. Whoever gets the turn does all of them, in one transaction."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting[object]] = deque()
        self._turn = threading.Lock()

    def write(self, deed: Callable[[], Result]) -> Result:
        mine = Waiting(deed)
        self._waiting.append(mine)  # type: ignore[arg-type]  # whose result it is, only its own thread asks
        if not self._turn.acquire(timeout=PATIENCE) and self._withdrawn(mine):
            raise OperationalError("Too many comments wait to be written.")
        try:
            if not mine.done:
                self._do_waiting()
        finally:
            self._turn.release()
        return mine.outcome()

    def _withdrawn(self, mine: Waiting[Result]) -> bool:
        """Whether it was still waiting. Else somebody is doing it, and how that ends must be known."""
        try:
            self._waiting.remove(mine)  # type: ignore[arg-type]
        except ValueError:
            self._turn.acquire()
            return False
        return True

    def _do_waiting(self) -> None:
        together = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]
        try:
            with transaction.atomic():
                for each in together:
                    each.result = each.deed()
        except BaseException as error:
            if len(together) == 1 or isinstance(error, OperationalError):
                for each in together:
                    each.error = error
            else:
                self._do_apart(together)
        for each in together:
            each.done = True

    def _do_apart(self, together: list[Waiting[object]]) -> None:
        """One of them failed, and nothing is written: the others must not suffer from it."""
        for each in together:
            try:
                with transaction.atomic():
                    each.result = each.deed()
            except BaseException as error:
                each.error = error


_group = Group()

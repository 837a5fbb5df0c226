"""A few places for work that the whole machine shares, however many processes do it.

A place is a locked file: the system frees it when whoever has it is gone, killed or not.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOOK = 0.05
"""Seconds between two looks for a free place."""


class NoPlace(Exception):
    """All are taken."""


@contextmanager
def place(folder: Path, number: int, patience: float) -> Iterator[None]:
    """Have one of `number` places for a while; raises NoPlace where none is free within `patience` seconds."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    deadline = time.monotonic() + patience
    while (descriptor := _taken(folder, number)) is None:
        if time.monotonic() >= deadline:
            raise NoPlace
        time.sleep(_LOOK)
    try:
        yield
    finally:
        os.close(descriptor)


def _taken(folder: Path, number: int) -> int | None:
    for each in range(number):
        descriptor = os.open(folder / str(each), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        os.close(descriptor)
    return None

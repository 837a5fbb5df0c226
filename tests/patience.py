"""How long a test waits: until it is so. Only what never comes fails; how quick it was, benchmarks say."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 60.0
"""Seconds without any sign before a test gives up; for a machine that is busy with everything else."""


def eventually(question: Callable[[], bool], breath: float = 0.05) -> bool:
    """Whether the answer becomes yes. Asking without a breath would take the machine from who is asked."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(breath)
    return question()


@contextmanager
def ends() -> Iterator[None]:
    """What is done here ends. It fails after a minute of this process's own work, however long others hold it up."""

    def give_up(*_: object) -> None:
        raise AssertionError("this does not end")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

"""How long a test waits: until it is so. Only what never comes fails; how quick it was, benchmarks say."""

import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds without any sign before a test gives up; for a machine that is busy with everything else."""


def eventually(question: Callable[[], bool]) -> bool:
    """Whether the answer becomes yes. Asking without a breath would take the machine from who is asked."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.05)
    return question()

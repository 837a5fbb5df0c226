"""The worker: hands events to their consumers, prints what is stale, prepares pictures, and ticks the clock.

All its work is rows, so it may be killed at any point: what was not finished is found again.
"""

import logging
import signal
import threading
import time

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from broadsheet.articles import renditions
from broadsheet.events.handing import hand_events
from broadsheet.press import eviction, queue
from broadsheet.wiring import clock
from broadsheet.wiring.consumers import CONSUMERS

logger = logging.getLogger(__name__)

PAUSE = 0.15
"""Seconds between two looks for work while there is none; a comment is in its print at most 2 s after it was posted."""
EVICTION_PERIOD = 600.0


def drain() -> int:
    """Do all work that is due now; how many pieces that were."""
    done = 0
    while step := hand_events(CONSUMERS) + queue.print_due():
        done += step
    return done + renditions.prepare_waiting(4)


class Worker:
    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.evicted_at = time.monotonic()

    def run(self) -> None:
        """Work until `stopping` is set."""
        while not self.stopping.is_set():
            try:
                busy = hand_events(CONSUMERS) + queue.print_due(limit=10) + renditions.prepare_waiting(1)
                clock.tick()
                self._evict()
            except DatabaseError:
                logger.exception("The database does not answer; the worker waits for it.")
                connections.close_all()
                self.stopping.wait(2)
                continue
            except Exception:
                logger.exception("The worker met something unexpected and goes on.")
                self.stopping.wait(1)
                continue
            close_old_connections()
            if not busy:
                self.stopping.wait(PAUSE)

    def _evict(self) -> None:
        if time.monotonic() - self.evicted_at > EVICTION_PERIOD:
            self.evicted_at = time.monotonic()
            eviction.make_room()


def main() -> None:
    import django

    django.setup()
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stopping.set())
    worker.run()

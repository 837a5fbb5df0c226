"""The worker: hands events to their consumers, prints what is stale, prepares pictures, and ticks the clock.

All its work is rows, so it may be killed at any point: what was not finished is found again. What readers wait for
(events, prints), what may take long (pictures) and letters, which wait for somebody else's server, go round in loops of
their own.
"""

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from broadsheet.articles import cards, embedding, renditions
from broadsheet.discussion import linking, ranking
from broadsheet.events.handing import BATCH, hand_events
from broadsheet.notices import telling
from broadsheet.press import announcing, edition, eviction, queue
from broadsheet.search import indexing
from broadsheet.wiring import clock, letters
from broadsheet.wiring.consumers import CONSUMERS

logger = logging.getLogger(__name__)

PAUSE = 0.15
"""Seconds between two looks for work while there is none; a comment is in its print at most 2 s after it was posted."""
LONG_PAUSE = 1.0
PRINTS = 4
"""Pages that are printed between two looks for events."""
EVICTION_PERIOD = 600.0


def drain() -> int:
    """Do all work that is due now, but for what nobody who reads waits for; how many pieces that were."""
    done = 0
    while step := hand_events(CONSUMERS) + queue.print_due() + _prepare(pictures=4) + ranking.rank_due():
        done += step
    return done


def _prepare(pictures: int) -> int:
    """What readers do not wait for."""
    return (
        indexing.index_due() + renditions.prepare_waiting(pictures) + embedding.fetch_waiting(limit=pictures)
    )


PATIENT: tuple[Callable[[], int], ...] = (
    indexing.index_due,
    partial(renditions.prepare_waiting, 1),
    partial(embedding.fetch_waiting, 1),
    partial(linking.fetch_waiting, 1),
    cards.draw_waiting,
    announcing.send_due,
    ranking.rank_due,
)
"""What may take long; each says how many pieces of work it found."""


def _tried(deed: Callable[[], int]) -> int:
    """One that meets something unexpected does not keep the others from their work."""
    try:
        return deed()
    except DatabaseError:
        raise
    except Exception:
        logger.exception("The worker met something unexpected and goes on.")
        return 0


class Worker:
    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.server = os.getppid()
        self.ticked_at = self.evicted_at = -EVICTION_PERIOD
        self.edition_begun = False

    def run(self) -> None:
        """Work until `stopping` is set."""
        patient = threading.Thread(target=self._go_round, args=(self._patient_work, LONG_PAUSE))
        post = threading.Thread(target=self._go_round, args=(self._post_work, LONG_PAUSE))
        patient.start()
        post.start()
        self._go_round(self._prompt_work, PAUSE)
        patient.join(timeout=5)
        post.join(timeout=5)

    def _prompt_work(self) -> bool:
        """Whether more is waiting. A few events do not count: each batch costs something of its own."""
        if not self.edition_begun:
            edition.begin_if_new()
            self.edition_begun = True
        handed, printed = hand_events(CONSUMERS), queue.print_due(limit=PRINTS)
        told = telling.tell_due()
        return handed == BATCH or printed == PRINTS or told > 0

    def _patient_work(self) -> bool:
        now = time.monotonic()
        if now - self.ticked_at >= clock.TICK:
            self.ticked_at = now
            clock.tick()
        if now - self.evicted_at >= EVICTION_PERIOD:
            self.evicted_at = now
            eviction.make_room()
        return sum([_tried(deed) for deed in PATIENT]) > 0

    def _post_work(self) -> bool:
        return letters.send_due() > 0

    def _go_round(self, work: Callable[[], bool], pause: float) -> None:
        while not self.stopping.is_set():
            if os.getppid() != self.server:
                return  # the server was killed; whoever starts it again starts a worker of its own
            try:
                busy = work()
            except DatabaseError:
                logger.exception("The database does not answer; the worker waits for it.")
                connections.close_all()
                self.stopping.wait(2)
            except Exception:
                logger.exception("The worker met something unexpected and goes on.")
                self.stopping.wait(1)
            else:
                close_old_connections()
                if not busy:
                    self.stopping.wait(pause)


def main() -> None:
    """Work until SIGTERM or SIGINT; Django is set up already."""
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stopping.set())
    gc.freeze()  # what is loaded stays; to look through it takes 0.1 s, in which those wait who wait for this process
    worker.run()

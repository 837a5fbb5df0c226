"""How often one network may search, and how many searches run at once: nobody's searching keeps others from posting."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from broadsheet.kit import networks
from broadsheet.limits import limiting
from broadsheet.limits.limiting import Rate

_places = threading.BoundedSemaphore(2)
"""So many searches run at once in a process; whoever posts or is printed for has the rest of it."""
PATIENCE = 2.0
"""Seconds to wait for a place."""


class TooMany(Exception):
    """Too many searches from one network; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Crowded(Exception):
    """All places are taken."""


def spend(address: str) -> None:
    """Count one search against its network; raises TooMany."""
    shared = networks.in_networks(address, settings.OPTIONS["shared_networks"])
    rate = Rate.parse(settings.OPTIONS["limit_search_shared_network" if shared else "limit_search_network"])
    key = f"search/{settings.KEYRING.digest('network', networks.network_of(address))}"
    if seconds := limiting.wait(key, rate):
        raise TooMany(seconds)


@contextmanager
def place() -> Iterator[None]:
    """One of the few places for whoever searches; raises Crowded."""
    if not _places.acquire(timeout=PATIENCE):
        raise Crowded
    try:
        yield
    finally:
        _places.release()

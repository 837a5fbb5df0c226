"""Which tests a process of a run takes as a whole, and which are begun with.

Tests of one file share what they set up, and those of one of these folders also a browser and servers, whose start
costs more than most tests. They come first: their process waits for others most of the time, and leaves a core to the
rest. The journeys are too long for one process; those that look at every page are half of them.
"""

from collections import Counter
from collections.abc import Callable

from xdist.scheduler import LoadFileScheduling

WHOLE = ("tests/journeys/test_everybody_can_read.py", "tests/journeys/", "tests/fronts/")


def unit(nodeid: str) -> str:
    """The folder or file of a test."""
    return next((place for place in WHOLE if nodeid.startswith(place)), nodeid.partition("::")[0])


def order(nodeids: list[str]) -> Callable[[str], tuple[int, int, str]]:
    """The key to sort these tests by: folders first, then the files of most tests, so that a run ends on small ones."""
    sizes = Counter(map(unit, nodeids))

    def place(nodeid: str) -> tuple[int, int, str]:
        where = unit(nodeid)
        return (WHOLE.index(where) if where in WHOLE else len(WHOLE), -sizes[where], where)

    return place


class WholeFolders(LoadFileScheduling):
    """xdist's `--dist loadfile`, with some folders as if they were one file."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)

"""What every engine is asked, and what it answers: the interface between finding and two databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from broadsheet.search.words import Words

MOST_SHOWN = 500
"""Hits that can be paged through. Whoever needs more needs better words."""
NEWNESS = 0.3
"""By how much an article of today ranks above one from long ago that is otherwise alike."""
HALF_AS_NEW = 365.0
"""Days until that has halved."""
PATIENCE = 1.0
"""Seconds a search may take before it is stopped."""


@dataclass(frozen=True)
class Shelf:
    """One of the tables of `models.py`, and how much a word counts in each of its columns, at most four."""

    table: str
    weights: dict[str, float]

    @property
    def index(self) -> str:
        """The engine's own table, with the words of each place."""
        return f"{self.table}_words"


ARTICLES = Shelf("search_indexedarticle", {"headline": 8.0, "standfirst": 3.0, "people": 4.0, "body": 1.0})
COMMENTS = Shelf("search_indexedcomment", {"author": 2.0, "body": 1.0})
SHELVES = (ARTICLES, COMMENTS)


@dataclass(frozen=True)
class Entry:
    """What the index is to know of one text."""

    place: int
    columns: tuple[Sequence[str], ...]
    """The stems of each column, in the order of the shelf's weights."""
    marks: Sequence[str]


@dataclass(frozen=True)
class Query:
    shelf: Shelf
    words: Words
    marks: tuple[tuple[str, ...], ...] = ()
    """Of each group at least one."""
    first: int | None = None
    last: int | None = None
    """Places, both included."""
    newest_first: bool = False
    today: int = 0
    """The number of the day (`places.number_of`)."""


@dataclass(frozen=True)
class Hits:
    places: list[int]
    """Best first, at most MOST_SHOWN."""
    count: int
    looked_through: int = 0
    """Where more have the words than are looked through: so many of the newest were. There may be more than `count`."""


class TookTooLong(Exception):
    """The search was stopped."""


class Engine(Protocol):
    def build(self) -> None:
        """Make the empty index where there is none. An entry goes with its row in the shelf's table."""

    def put(self, shelf: Shelf, entries: Sequence[Entry]) -> None:
        """Write entries, in place of those that are there."""

    def tidy(self) -> None:
        """Bring the index into its best form after much was written."""

    def find(self, query: Query) -> Hits:
        """Raises TookTooLong."""

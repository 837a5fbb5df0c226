"""Where comments stand in their thread: numbers, paths, places among siblings and counts, without any database.

A thread of a hundred thousand is placed in two passes, one down and one up, whatever its depth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SEQ_BYTES = 4
DEEPEST = 31
"""Beyond, the true parent is kept and the depth stays (the schema's rule, held to it by a test)."""


@dataclass(slots=True)
class Place:
    """One comment's place. `visible` is what everybody may see; `fresh` what this import adds."""

    foreign_id: int
    pk: int
    parent: "Place | None"
    visible: bool
    seq: int = 0
    depth: int = 0
    path: bytes = b""
    sib: int | None = None
    rev: int | None = None
    last_sib: int = 0
    reply_count: int = 0
    descendant_count: int = 0
    fresh: bool = True

    @property
    def keeps(self) -> bool:
        """It is seen, or its place is, since something seen stands beneath."""
        return self.visible or self.reply_count > 0 or self.descendant_count > 0


@dataclass
class Counters:
    """A thread's own numbers, moved by `place`."""

    last_seq: int = 0
    last_rev: int = 0
    root_count: int = 0
    comment_count: int = 0


def place(counters: Counters, known: Sequence[Place], fresh: Iterable[Place]) -> None:
    """Give every fresh comment its place behind the known ones. Both in order, parents before their replies."""
    added = list(fresh)
    for each in added:
        counters.last_seq += 1
        _hang(each, counters.last_seq)
        if each.visible:
            counters.comment_count += 1
            counters.last_rev += 1
            each.rev = counters.last_rev
    _count([*known, *added])
    for each in (*known, *added):
        if each.sib is None and each.keeps:
            each.sib = _next_sib(each, counters)


def _hang(each: Place, seq: int) -> None:
    parent = each.parent
    each.seq = seq
    each.depth = 0 if parent is None else min(parent.depth + 1, DEEPEST)
    above = b"" if parent is None else parent.path[: DEEPEST * SEQ_BYTES]
    each.path = above + seq.to_bytes(SEQ_BYTES, "big")


def _count(places: Sequence[Place]) -> None:
    """Add what is fresh to the counts of everything above it, from the leaves upwards."""
    beneath: dict[int, int] = {}
    for each in reversed(places):
        mine = int(each.fresh and each.visible)
        below = beneath.pop(each.seq, 0)
        if each.depth < DEEPEST:
            each.descendant_count += below
        if each.parent is not None and (mine or below):
            each.parent.reply_count += mine
            beneath[each.parent.seq] = beneath.get(each.parent.seq, 0) + mine + below


def _next_sib(each: Place, counters: Counters) -> int:
    if each.parent is None:
        counters.root_count += 1
        return counters.root_count
    each.parent.last_sib += 1
    return each.parent.last_sib

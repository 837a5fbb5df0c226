"""What became of a text, line by line and word by word, in bounded time.

`difflib` alone takes minutes for two long texts that have little in common. So lines and words that occur once in both
are matched first (as Bram Cohen's patience diff does), and `difflib` sees only the short stretches between those.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

Fate = Literal["same", "gone", "new"]

_SMALL = 10_000
"""Comparisons that two stretches may cost; longer ones without a common landmark count as replaced."""
_AHEAD = 8
"""Lines that are looked at for the one which a changed line was."""
_ALIKE = 0.4
"""The part of their words that two lines share at least, if one is to be the other, changed."""
_ISLAND, _SEA = 2, 6
"""So few words, between two changes of so many, are shown as changed: they stand there by chance."""

_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"  # kana and Han, which put no space between words
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}.,;:!?…\"“”„«»()\[\]—]+|\S")
_SPACED = re.compile(rf"(?:{_TOKEN.pattern})\s*")

_Match = tuple[int, int, int]  # where in the old, where in the new, how many


@dataclass(frozen=True)
class Line:
    """A paragraph, a heading, the words of a picture: `kind` is the caller's word for what it is."""

    kind: str
    text: str


@dataclass(frozen=True)
class Run:
    fate: Fate
    text: str


@dataclass(frozen=True)
class Change:
    """A line with what became of its words; one `same` run where nothing did."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def same(self) -> bool:
        return all(run.fate == "same" for run in self.runs)


def changes(before: Sequence[Line], after: Sequence[Line]) -> list[Change]:
    """Every line of both, in order: those that stayed, went or came, and those whose words changed."""
    found: list[Change] = []
    at_old = at_new = 0
    for old, new, size in [*_matches(before, after), (len(before), len(after), 0)]:
        found += _replaced(before[at_old:old], after[at_new:new])
        found += [_whole("same", line) for line in after[new : new + size]]
        at_old, at_new = old + size, new + size
    return found


def count(found: Sequence[Change], fate: Fate) -> int:
    """How many words had this fate."""
    texts = (run.text for change in found for run in change.runs if run.fate == fate)
    return sum(any(map(str.isalnum, token)) for text in texts for token in _TOKEN.findall(text))


def _replaced(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Change]:
    """Lines that have no equal: each new one is one of the next old ones changed, or it came."""
    bags = [Counter(_TOKEN.findall(line.text)) for line in old]
    at = 0
    for line in new:
        bag = Counter(_TOKEN.findall(line.text))
        likeness = {n: _likeness(old[n], bags[n], line, bag) for n in range(at, min(at + _AHEAD, len(old)))}
        was = max(likeness, key=lambda n: likeness[n], default=-1)
        if was < 0 or likeness[was] < _ALIKE:
            yield _whole("new", line)
            continue
        yield from (_whole("gone", each) for each in old[at:was])
        yield Change(line.kind, tuple(_runs(_SPACED.findall(old[was].text), _SPACED.findall(line.text))))
        at = was + 1
    yield from (_whole("gone", each) for each in old[at:])


def _likeness(old: Line, bag: Counter[str], new: Line, other: Counter[str]) -> float:
    if old.kind != new.kind:
        return 0.0
    return 2 * (bag & other).total() / max(1, bag.total() + other.total())


def _whole(fate: Fate, line: Line) -> Change:
    return Change(line.kind, (Run(fate, line.text),))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """The words of a changed line; the space behind a word is no difference."""
    found = _matches([word.rstrip() for word in old], [word.rstrip() for word in new])
    kept = _without_islands(found, len(old), len(new))
    at_old = at_new = 0
    for o, n, size in [*kept, (len(old), len(new), 0)]:
        if o > at_old:
            yield Run("gone", "".join(old[at_old:o]))
        if n > at_new:
            yield Run("new", "".join(new[at_new:n]))
        if size:
            yield Run("same", "".join(new[n : n + size]))
        at_old, at_new = o + size, n + size


def _without_islands(found: list[_Match], old: int, new: int) -> list[_Match]:
    edges = [(0, 0, 0), *found, (old, new, 0)]
    gaps = [n[0] - o[0] - o[2] + n[1] - o[1] - o[2] for o, n in pairwise(edges)]
    return [
        match
        for match, gap, next_gap in zip(found, gaps[:-1], gaps[1:], strict=True)
        if match[2] > _ISLAND or min(gap, next_gap) < _SEA
    ]


def _matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[_Match]:
    """What both have in common and in the same order: stretches, of which none touches the next."""
    found: list[_Match] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        o, o_end, n, n_end = waiting.pop()
        first = _common(old[o:o_end], new[n:n_end])
        found.append((o, n, first))
        o, n = o + first, n + first
        last = _common(old[o:o_end][::-1], new[n:n_end][::-1])
        o_end, n_end = o_end - last, n_end - last
        found.append((o_end, n_end, last))
        if (o_end - o) * (n_end - n) <= _SMALL:
            short = SequenceMatcher(None, old[o:o_end], new[n:n_end], autojunk=False)
            found += [(o + i, n + j, size) for i, j, size in short.get_matching_blocks()]
        elif landmarks := _landmarks(old[o:o_end], new[n:n_end]):
            for i, j in landmarks:
                found.append((o + i, n + j, 1))
            gaps = zip([(-1, -1), *landmarks], [*landmarks, (o_end - o, n_end - n)], strict=True)
            waiting += [(o + i + 1, o + i_next, n + j + 1, n + j_next) for (i, j), (i_next, j_next) in gaps]
    return _joined(found)


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(old), len(new)))


def _landmarks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """What occurs once in both, as far as it is in the same order: the longest rising row (patience sorting)."""
    often, often_new = Counter(old), Counter(new)
    place = {word: j for j, word in enumerate(new) if often_new[word] == 1 == often[word]}
    tails: list[int] = []  # the least end of a rising row of each length
    ends: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for i, word in enumerate(old):
        if (j := place.get(word)) is None:
            continue
        length = bisect_left(tails, j)
        before[i, j] = ends[length - 1] if length else None
        tails[length : length + 1] = [j]
        ends[length : length + 1] = [(i, j)]
    row = []
    here = ends[-1] if ends else None
    while here:
        row.append(here)
        here = before[here]
    return row[::-1]


def _joined(found: list[_Match]) -> list[_Match]:
    joined: list[_Match] = []
    for o, n, size in sorted(match for match in found if match[2]):
        if joined and (last := joined[-1])[0] + last[2] == o and last[1] + last[2] == n:
            joined[-1] = (last[0], last[1], last[2] + size)
        else:
            joined.append((o, n, size))
    return joined

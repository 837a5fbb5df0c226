"""Show where in a text the words stand: marks around them, and the piece of it that has most of them."""

from dataclasses import dataclass
from re import Match

from broadsheet.kit import stemming
from broadsheet.search.words import Stems, Words

BEGIN, END = "\x02", "\x03"
"""Around a found word. No text has these characters: `kit.text` takes them out."""
LENGTH = 36
"""Words in an excerpt."""
_BEFORE = 6
"""Words before the first mark, to read it in."""
_PLACES = 50
_Word = tuple[Match[str], str]
"""A word and its stem."""


@dataclass(frozen=True)
class Sought:
    """What is to be marked in texts of one language."""

    terms: frozenset[Stems]
    language: str

    @classmethod
    def by(cls, words: Words, language: str) -> "Sought":
        return cls(frozenset(stems for term in words.wanted for stems in term), language)


def marked(text: str, sought: Sought) -> str:
    """The whole text with its marks."""
    words = _words(text, sought.language)
    return _with_marks(text, 0, len(text), words, _found(words, sought))


def excerpt(text: str, sought: Sought) -> str:
    """A piece of the text with its marks, and dots where it goes on; the beginning where nothing was found."""
    words = _words(text, sought.language)
    found = _found(words, sought)
    first = max(0, min(_best(found) - _BEFORE, len(words) - LENGTH))
    last = first + LENGTH
    start = words[first][0].start() if first else 0
    end = words[last - 1][0].end() if last < len(words) else len(text)
    cut = _with_marks(text, start, end, words, {n: term for n, term in found.items() if first <= n < last})
    return ("…" if first else "") + cut + ("…" if last < len(words) else "")


def _words(text: str, language: str) -> list[_Word]:
    """Those that the index knows, and where they stand."""
    words = ((word, stemming.stem_of(word[0], language)) for word in stemming.WORD.finditer(text))
    return [pair for pair in words if pair[1]]


def _found(words: list[_Word], sought: Sought) -> dict[int, Stems]:
    """Which term begins at which word; of two that begin together, the longer."""
    by_first: dict[str, list[Stems]] = {}
    for term in sorted(sought.terms, key=len):
        by_first.setdefault(term[0], []).append(term)
    return {
        number: term
        for number, (_, stem) in enumerate(words)
        if stem in by_first
        for term in by_first[stem]
        if tuple(each for _, each in words[number : number + len(term)]) == term
    }


def _best(found: dict[int, Stems]) -> int:
    """Of the first places, the one from which an excerpt has most different terms."""
    starts = list(found)

    def different(index: int) -> int:
        last = starts[index] + LENGTH - _BEFORE
        return len({found[start] for start in starts[index : index + LENGTH] if start < last})

    return starts[max(range(min(len(starts), _PLACES)), key=different)] if starts else 0


def _with_marks(text: str, start: int, end: int, words: list[_Word], found: dict[int, Stems]) -> str:
    parts, at = [], start
    for number, term in found.items():
        begin, close = words[number][0].start(), min(words[number + len(term) - 1][0].end(), end)
        if begin >= at:  # otherwise it lies within the one before
            parts += [text[at:begin], BEGIN, text[begin:close], END]
            at = close
    return "".join([*parts, text[at:end]])

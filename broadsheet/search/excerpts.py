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
_ENOUGH = 200
"""Words that are read after the first that was found."""
_PLACES = 50


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
    words, found = _read(text, sought, enough=len(text))
    return _with_marks(text, 0, len(text), words, found)


def excerpt(text: str, sought: Sought) -> str:
    """A piece of the text with its marks, and dots where it goes on; the beginning where nothing was found."""
    words, found = _read(text, sought, enough=_ENOUGH)
    first = max(0, min(_best(found) - _BEFORE, len(words) - LENGTH))
    last = first + LENGTH
    start = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    cut = _with_marks(text, start, end, words, {n: term for n, term in found.items() if first <= n < last})
    return ("…" if first else "") + cut + ("…" if last < len(words) else "")


def _read(text: str, sought: Sought, *, enough: int) -> tuple[list[Match[str]], dict[int, Stems]]:
    """The words of a text, until so many after the first that was found; and which term begins at which word."""
    by_last: dict[str, list[Stems]] = {}
    for term in sorted(sought.terms, key=len):
        by_last.setdefault(term[-1], []).append(term)
    words, stems, found, until = list[Match[str]](), list[str](), dict[int, Stems](), len(text)
    for word in stemming.WORD.finditer(text):
        stem = stemming.stem_of(word[0], sought.language)
        if not stem:
            continue
        words.append(word)
        stems.append(stem)
        for term in by_last.get(stem, ()):
            if tuple(stems[-len(term) :]) == term:
                found[len(stems) - len(term)] = term
                until = min(until, len(stems) + enough)
        if len(stems) > until:
            break
    return words, found


def _best(found: dict[int, Stems]) -> int:
    """Of the first places, the one from which an excerpt has most different terms."""
    starts = sorted(found)

    def different(index: int) -> int:
        last = starts[index] + LENGTH - _BEFORE
        return len({found[start] for start in starts[index : index + LENGTH] if start < last})

    return starts[max(range(min(len(starts), _PLACES)), key=different)] if starts else 0


def _with_marks(text: str, start: int, end: int, words: list[Match[str]], found: dict[int, Stems]) -> str:
    parts, at = [], start
    for number, term in sorted(found.items()):
        begin, close = words[number].start(), min(words[number + len(term) - 1].end(), end)
        if begin >= at:  # otherwise it lies within the one before
            parts += [text[at:begin], BEGIN, text[begin:close], END]
            at = close
    return "".join([*parts, text[at:end]])

"""Show where in a text the words stand: marks around them, and the piece of it that has most of them."""

from dataclasses import dataclass
from itertools import islice

from broadsheet.kit import stemming
from broadsheet.search.words import Stems, Words

BEGIN, END = "\x02", "\x03"
"""Around a found word. No text has these characters: `kit.text` takes them out."""
LENGTH = 36
"""Words in an excerpt."""
_BEFORE = 6
"""Words before the first mark, to read it in."""
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
    words = stemming.WORD.findall(text)
    return _with_marks(text, _found(words, sought), 0, len(words))


def excerpt(text: str, sought: Sought) -> str:
    """A piece of the text with its marks, and dots where it goes on; the beginning where nothing was found."""
    words = stemming.WORD.findall(text)
    found = _found(words, sought)
    first = max(0, min(_best(found) - _BEFORE, len(words) - LENGTH))
    last = min(first + LENGTH, len(words))
    cut = _with_marks(text, found, first, last)
    return ("…" if first else "") + cut + ("…" if last < len(words) else "")


def _found(words: list[str], sought: Sought) -> dict[int, Stems]:
    """Which term begins at which word; of two that begin together, the longer. Each different word is stemmed once."""
    stems = {word: stemming.stem_of(word[: stemming.LONGEST], sought.language) for word in set(words)}
    by_first: dict[str, list[Stems]] = {}
    for term in sorted(sought.terms, key=len):
        by_first.setdefault(term[0], []).append(term)
    beginning = {word for word, stem in stems.items() if stem in by_first}
    found: dict[int, Stems] = {}
    for number in [number for number, word in enumerate(words) if word in beginning]:
        for term in by_first[stems[words[number]]]:
            if tuple(stems[word] for word in words[number : number + len(term)]) == term:
                found[number] = term
    return found


def _best(found: dict[int, Stems]) -> int:
    """Of the first places, the one from which an excerpt has most different terms."""
    starts = list(found)

    def different(index: int) -> int:
        last = starts[index] + LENGTH - _BEFORE
        return len({found[start] for start in starts[index : index + LENGTH] if start < last})

    return starts[max(range(min(len(starts), _PLACES)), key=different)] if starts else 0


def _with_marks(text: str, found: dict[int, Stems], first: int, last: int) -> str:
    """The text from one word to another; whole where that is its first, and its last."""
    words = list(islice(stemming.WORD.finditer(text), first, last + 1))
    at = words[0].start() if first else 0
    end = words[last - first - 1].end() if len(words) > last - first else len(text)
    parts = []
    for number, term in found.items():
        if not first <= number < last or words[number - first].start() < at:  # or within the one before
            continue
        begin, close = words[number - first].start(), words[min(number + len(term), last) - first - 1].end()
        parts += [text[at:begin], BEGIN, text[begin:close], END]
        at = close
    return "".join([*parts, text[at:end]])

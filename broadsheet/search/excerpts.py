"""Show where in a text the words stand: marks around them, and the piece of it that has most of them."""

from collections.abc import Iterator
from functools import lru_cache
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
_PIECE = 1_500
"""Characters that are read at a time."""
_MOST_KNOWN = 100_000
"""Words of one language, some ten megabytes."""


class _Vocabulary:
    """The words of a language that have been met, with their stems: nearly all of a text's are known from others."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stems: dict[str, str] = {}

    def of(self, words: set[str]) -> dict[str, str]:
        """The stem of each of these words, among those of others."""
        stems = self._stems
        if len(stems) > _MOST_KNOWN:
            stems = self._stems = {}
        for word in words.difference(stems):
            stems[word] = stemming.stem_of(word[: stemming.LONGEST], self.language)
        return stems


_vocabulary = lru_cache(maxsize=8)(_Vocabulary)


class Sought:
    """What is to be marked in texts of one language."""

    def __init__(self, asked: Words, language: str) -> None:
        self.terms = {stems: number for number, term in enumerate(asked.wanted) for stems in term}
        """Each form that will do, with the number of what it was asked for."""
        self.by_first: dict[str, list[Stems]] = {}
        for term in sorted(self.terms, key=len):
            self.by_first.setdefault(term[0], []).append(term)
        self.vocabulary = _vocabulary(language)


def marked(text: str, sought: Sought) -> str:
    """The whole text with its marks."""
    words = stemming.WORD.findall(text)
    return _with_marks(text, _found(words, sought), 0, len(words))


def excerpt(text: str, sought: Sought) -> str:
    """A piece of the text with its marks, and dots where it goes on; the beginning where nothing was found.

    A long text is read no further than to the first place that has all that was asked for, and what is shown after it.
    """
    words: list[str] = []
    found: dict[int, Stems] = {}
    best, longest, everything = 0, max(map(len, sought.terms)), len(set(sought.terms.values()))
    for piece in _pieces(text):
        read = max(0, len(words) - longest + 1)  # a phrase may go on from one piece into the next
        words += stemming.WORD.findall(piece)
        found |= {read + number: term for number, term in _found(words[read:], sought).items()}
        best, different = _best(sorted(found), found, sought)
        settled = different == everything or len(found) > _PLACES + LENGTH
        if settled and len(words) > best - _BEFORE + LENGTH:
            break
    first = max(0, min(best - _BEFORE, len(words) - LENGTH))
    last = min(first + LENGTH, len(words))
    cut = _with_marks(text, found, first, last)
    return ("…" if first else "") + cut + ("…" if last < len(words) else "")


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end between words."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + _PIECE)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end


def _found(words: list[str], sought: Sought) -> dict[int, Stems]:
    """Which term begins at which word; of two that begin together, the longer."""
    different, by_first = set(words), sought.by_first
    stems = sought.vocabulary.of(different)
    beginning = {word for word in different if stems[word] in by_first}
    found: dict[int, Stems] = {}
    for number in [number for number, word in enumerate(words) if word in beginning]:
        for term in by_first[stems[words[number]]]:
            if tuple(stems[word] for word in words[number : number + len(term)]) == term:
                found[number] = term
    return found


def _best(starts: list[int], found: dict[int, Stems], sought: Sought) -> tuple[int, int]:
    """Of the first places, the one from which an excerpt has most of what was asked for, and how much that is."""

    def different(index: int) -> int:
        last = starts[index] + LENGTH - _BEFORE
        return len({sought.terms[found[start]] for start in starts[index : index + LENGTH] if start < last})

    if not starts:
        return 0, 0
    best = max(range(min(len(starts), _PLACES)), key=different)
    return starts[best], different(best)


def _with_marks(text: str, found: dict[int, Stems], first: int, last: int) -> str:
    """The text from one word to another; whole where that is its first, and its last."""
    words = list(islice(stemming.WORD.finditer(text), first, last + 1))
    at = words[0].start() if first else 0
    end = words[last - first - 1].end() if len(words) > last - first else len(text)
    parts = []
    for number, term in sorted(found.items()):
        if not first <= number < last or words[number - first].start() < at:  # or within the one before
            continue
        begin, close = words[number - first].start(), words[min(number + len(term), last) - first - 1].end()
        parts += [text[at:begin], BEGIN, text[begin:close], END]
        at = close
    return "".join([*parts, text[at:end]])

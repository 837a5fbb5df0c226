"""What a reader typed, understood: words, "phrases in quotes", and -words to leave out. Nothing else is syntax."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from broadsheet.kit import stemming
from broadsheet.kit.text import clean_line
from broadsheet.search.stopwords import STOP_WORDS

LONGEST = 200
"""Characters."""
MOST_WORDS = 12

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')

Stems = tuple[str, ...]
"""One after the other: a word is one stem, a phrase (or `don't`) several."""
Term = tuple[Stems, ...]
"""One thing to look for, in the ways that the languages in use would index it: any of them will do."""


class NotUnderstood(ValueError):
    """Nothing can be looked for; the sentence says why and what to do."""


@dataclass(frozen=True)
class Words:
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()
    dropped: tuple[str, ...] = ()
    """Words that stand in nearly every text and were not looked for."""

    @property
    def phrases(self) -> bool:
        """Whether words have to stand one after the other."""
        return any(len(stems) > 1 for term in self.wanted for stems in term)

    @property
    def length(self) -> int:
        """How many words an engine has to look at in each text."""
        return sum(len(stems) for term in self.wanted for stems in term)


def understand(typed: str, languages: Sequence[str]) -> Words:
    """What is to be looked for in these languages, the publication's first.

    Raises NotUnderstood with a sentence for the reader.
    """
    text = clean_line(typed).translate(_QUOTES)
    if len(text) > LONGEST:
        raise NotUnderstood(gettext("That is longer than %d characters. Shorten it.") % LONGEST)
    terms = [
        (bool(match["minus"]), match["phrase"] is not None, (match["phrase"] or match["word"] or "").strip())
        for match in _TERM.finditer(text)
    ]
    terms = [term for term in terms if stemming.stems(term[2], languages[0])]
    if sum(len(stemming.WORD.findall(term[2])) for term in terms) > MOST_WORDS:
        most = ngettext("Look for at most %d word.", "Look for at most %d words.", MOST_WORDS)
        raise NotUnderstood(most % MOST_WORDS)
    wanted = [(phrase, term) for minus, phrase, term in terms if not minus]
    if not wanted:
        raise NotUnderstood(
            gettext("Say what to look for, not only what to leave out.")
            if terms
            else gettext("Type a word to look for, with at least one letter or figure.")
        )
    common = STOP_WORDS.get(languages[0].lower().partition("-")[0], frozenset())
    kept = tuple(term for phrase, term in wanted if phrase or term.casefold() not in common)
    if not kept:
        raise NotUnderstood(
            gettext("Those words stand in nearly every text. Add a rarer one, or put them in quotes.")
        )
    return Words(
        wanted=tuple(_term(term, languages) for term in kept),
        unwanted=tuple(_term(term, languages) for minus, _, term in terms if minus),
        dropped=tuple(term for phrase, term in wanted if not phrase and term.casefold() in common),
    )


def _term(typed: str, languages: Sequence[str]) -> Term:
    return tuple(dict.fromkeys(tuple(stemming.stems(typed, language)) for language in languages))

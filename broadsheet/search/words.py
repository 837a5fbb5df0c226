"""What a reader typed, understood: words, "phrases in quotes", and -words to leave out. Nothing else is syntax."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from broadsheet.kit.text import clean_line
from broadsheet.search.stopwords import STOP_WORDS

LONGEST = 200
"""Characters."""
MOST_WORDS = 12

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LETTERS = re.compile(r"[^\W_]+")


class NotUnderstood(ValueError):
    """Nothing can be looked for; the sentence says why and what to do."""


@dataclass(frozen=True)
class Words:
    """Terms without quotes in them: single words or phrases."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    """Words that stand in nearly every text and were not looked for."""


def understand(typed: str, language: str) -> Words:
    """What is to be looked for; raises NotUnderstood with a sentence for the reader."""
    text = clean_line(typed).translate(_QUOTES)
    if len(text) > LONGEST:
        raise NotUnderstood(gettext("That is longer than %d characters. Shorten it.") % LONGEST)
    terms = [
        (bool(match["minus"]), match["phrase"] is not None, (match["phrase"] or match["word"] or "").strip())
        for match in _TERM.finditer(text)
    ]
    terms = [term for term in terms if _LETTERS.search(term[2])]
    if sum(len(_LETTERS.findall(term[2])) for term in terms) > MOST_WORDS:
        most = ngettext("Look for at most %d word.", "Look for at most %d words.", MOST_WORDS)
        raise NotUnderstood(most % MOST_WORDS)
    wanted = [(phrase, term) for minus, phrase, term in terms if not minus]
    if not wanted:
        raise NotUnderstood(
            gettext("Say what to look for, not only what to leave out.")
            if terms
            else gettext("Type a word to look for, with at least one letter or figure.")
        )
    common = STOP_WORDS.get(language.lower().partition("-")[0], frozenset())
    kept = tuple(term for phrase, term in wanted if phrase or term.casefold() not in common)
    if not kept:
        raise NotUnderstood(
            gettext("Those words stand in nearly every text. Add a rarer one, or put them in quotes.")
        )
    return Words(
        wanted=kept,
        unwanted=tuple(term for minus, _, term in terms if minus),
        dropped=tuple(term for phrase, term in wanted if not phrase and term.casefold() in common),
    )

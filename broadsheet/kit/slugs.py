"""The readable part of an address, in the script its title is written in."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

_LONGEST = 80
_EMPTY = "untitled"
# Latin letters that Unicode does not decompose, as they are usually spelt without their special shape.
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")


def slug_of(title: str) -> str:
    """At most 80 characters, lower case, words joined by hyphens, never empty; no script is transcribed."""
    title = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", title).lower().translate(_SPELT))
    words = unicodedata.normalize("NFC", "".join(_characters(unicodedata.normalize("NFD", title))))
    return _shortened(re.sub("-{2,}", "-", words).strip("-")) or _EMPTY


def percent_decoded(slug: str) -> str:
    """A slug as WordPress stores it ("%d0%bc%d0%b8%d1%80") in readable letters; others unchanged."""
    if "%" not in slug:
        return slug
    decoded = unquote_to_bytes(slug).decode(errors="ignore")  # WordPress may have cut it inside a letter
    decoded = unicodedata.normalize("NFC", decoded)
    return decoded if all(map(_is_word, decoded)) else slug


def _characters(decomposed: str) -> Iterator[str]:
    """Latin letters without their accents, others with their marks, a hyphen for everything else."""
    carries_marks = False
    for character in decomposed:
        if unicodedata.category(character)[0] == "M":
            yield character if carries_marks else ""
            continue
        carries_marks = not character.isascii() and _is_word(character)
        yield character if carries_marks or character.isalnum() else "-"


def _is_word(character: str) -> bool:
    """Letters, digits and the marks that Indic and other scripts write their vowels with."""
    return character in "-_." or unicodedata.category(character)[0] in "LNM"


def _shortened(slug: str) -> str:
    if len(slug) <= _LONGEST:
        return slug
    whole_words = slug[: _LONGEST + 1].rpartition("-")[0]
    return whole_words if len(whole_words) > _LONGEST // 2 else slug[:_LONGEST].rstrip("-")

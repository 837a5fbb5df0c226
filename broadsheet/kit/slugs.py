"""The readable part of an address, in the script its title is written in."""

import re
import unicodedata
from urllib.parse import unquote_to_bytes

_LONGEST = 80
_EMPTY = "untitled"
# Latin letters that Unicode does not decompose, as they are usually spelt without their special shape.
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i"}
)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")


def slug_of(title: str) -> str:
    """At most 80 characters, lower case, words joined by hyphens, never empty; other scripts keep their letters."""
    plain = unicodedata.normalize("NFKC", title).lower().translate(_SPELT)
    letters = "".join(_letter(character) for character in _APOSTROPHES.sub("", plain))
    return _shortened(re.sub("-{2,}", "-", letters).strip("-")) or _EMPTY


def percent_decoded(slug: str) -> str:
    """A slug as WordPress stores it ("%d0%bc%d0%b8%d1%80") in readable letters; others come back unchanged."""
    if "%" not in slug:
        return slug
    decoded = unquote_to_bytes(slug).decode(errors="ignore")  # WordPress may have cut it inside a letter
    decoded = unicodedata.normalize("NFC", decoded)
    return decoded if all(map(_is_word, decoded)) else slug


def _letter(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else "-"
    base = unicodedata.normalize("NFD", character)[0]
    if base.isascii() and base.isalnum():
        return base
    return character if _is_word(character) else "-"


def _is_word(character: str) -> bool:
    """Letters, digits and the marks that Indic and other scripts write their vowels with."""
    return character in "-_." or unicodedata.category(character)[0] in "LNM"


def _shortened(slug: str) -> str:
    if len(slug) <= _LONGEST:
        return slug
    whole_words = slug[: _LONGEST + 1].rpartition("-")[0]
    return whole_words if len(whole_words) > _LONGEST // 2 else slug[:_LONGEST].rstrip("-")

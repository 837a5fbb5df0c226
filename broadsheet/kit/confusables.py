"""Names that look alike: one skeleton for all spellings of a name that a reader would take for the same.

After Unicode's UTS 39, and stricter where people are deceived more easily than machines: case, accents, spaces,
punctuation and ornaments count for nothing. A skeleton is for comparing, never for showing.
"""

import json
import unicodedata
from functools import lru_cache
from importlib.resources import files

# Seen in the same place, these pass for each other; the last only inside a word ("al!ce").
_SAME_LOOK = str.maketrans({"i": "l", "1": "l", "0": "o", "ı": "l", "|": "l", "!": "l", "$": "s", "@": "a"})
_PAIRS = (("rn", "m"), ("vv", "w"))
# What Unicode's data leaves out: small capitals (it takes small Cyrillic ka, em, en, ve for those), white on black.
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢĸʍ", "abcdefghijklmnoprstuvwyzkm", strict=True))
_WHITE_ON_BLACK = {chr(first + at): chr(97 + at) for first in (0x1F150, 0x1F170) for at in range(26)}
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols drawn as nothing
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})


def skeleton(name: str) -> str:
    """What is left of a name when everything is taken away that its looks do not depend on."""
    table = _prototypes()
    # Before decomposing too: a lunate sigma looks like c, the sigma it decomposes to like o.
    decomposed = _decomposed(unicodedata.normalize("NFC", name).translate(table))
    bare = _without_edges(decomposed)
    folded = bare.translate(table).casefold().translate(_SAME_LOOK)
    letters = "".join(filter(_is_drawn_letter, folded))
    for pair, single in _PAIRS:
        letters = letters.replace(pair, single)
    return letters or decomposed.casefold() or "".join(name.split())


@lru_cache(maxsize=256)
def skeletons(name: str) -> frozenset[str]:
    """The skeletons of a name in its own, lower and upper case. While a comment is judged its name is asked for thrice.

    Greek capital nu looks like N, small nu like v: a name may have different skeletons in different case.
    """
    return frozenset({skeleton(name), skeleton(name.lower()), skeleton(name.upper())})


def looks_empty(name: str) -> bool:
    """Is there nothing to see in this name?"""
    return all(character in _BLANKS or unicodedata.category(character) in _UNSEEN for character in name)


def _decomposed(name: str) -> str:
    return "".join(filter(_carries_meaning, unicodedata.normalize("NFKD", name)))


def _carries_meaning(character: str) -> bool:
    """Not so spaces, invisible characters, and accents; vowel signs and other parts of letters stay."""
    if character < "\u0300":
        return character not in "\xad" and not character.isspace()
    if character in _BLANKS:
        return False
    category = unicodedata.category(character)
    if category == "Mn":
        # Combining classes: 1 overlays, 10-36 Hebrew and Arabic points, from 200 accents; 0 and 7-9 are vowel
        # signs, nuktas, viramas, voicing marks, 84-132 vowels of Thai, Lao, Tibetan. Variation selectors show nothing.
        accent = unicodedata.combining(character)
        is_variation = "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100" or character == "\u034f"
        return not (accent == 1 or 10 <= accent <= 36 or accent >= 200 or is_variation)
    return category not in _UNSEEN


def _without_edges(name: str) -> str:
    start, end = 0, len(name)
    while start < end and name[start] != "$" and not _is_drawn_letter(name[start]):
        start += 1
    while end > start and not _is_drawn_letter(name[end - 1]):
        end -= 1
    return name[start:end] or name


def _is_drawn_letter(character: str) -> bool:
    """A letter, digit or vowel sign; a name with a star or a tick behind it is the same name."""
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"}


@lru_cache(maxsize=1)
def _prototypes() -> dict[int, str]:
    """For each look-alike the character it is taken for, an ASCII letter where there is one."""
    drawn_as = _SMALL_CAPITALS | _WHITE_ON_BLACK
    table = {ord(character): letter for character, letter in drawn_as.items()}
    for family in _families():
        plain = map(_decomposed, family)
        prototype = min((drawn_as.get(member, member) for member in plain), key=_rank)
        for member in family:
            # A Chinese one looks like a dash, but a letter is never taken away.
            is_stroke = member.isalpha() and not prototype.isalnum()
            if len(member) == 1 and not member.isascii() and member != prototype and not is_stroke:
                table.setdefault(ord(member), prototype)
    return table


def _rank(member: str) -> tuple[bool, bool, bool, int, str]:
    return (not member.isascii(), not member.isalpha(), not member.islower(), len(member), member)


def _families() -> list[set[str]]:
    """The package's data, a list of look-alikes for each character, joined to sets."""
    family_of: dict[str, set[str]] = {}
    data = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    for member, alike in data.items():
        together = {_bare(member), *(_bare(entry["c"]) for entry in alike)}
        for each in tuple(together):
            together |= family_of.get(each, set())
        for each in together:
            family_of[each] = together
    return list({id(family): family for family in family_of.values()}.values())


def _bare(member: str) -> str:
    return member.replace("\u200e", "")  # the data wraps letters of right-to-left scripts in marks

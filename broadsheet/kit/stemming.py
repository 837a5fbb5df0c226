"""Words as search knows them: without capitals, accents and endings, alike on every database.

Accents go before endings do: whoever types without accents finds the same. That costs the stemmers of some languages a
few endings that only accents tell (French `-ée` is mended here), and no word is lost by it: what is written and what is
asked lose the same.
"""

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import Stemmer

LONGEST = 64
"""Letters of one word that count."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
)
_INDIC = "\u0900-\u0963\u0980-\u09e3\u0a00-\u0a75\u0b80-\u0bd7"
"""Scripts whose vowels are signs that no `\\w` holds."""
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}{_INDIC}]+[^\W_]*)*")
"""A word in a text as it was written."""
_ACCENTS = re.compile(
    "(?<![\u0400-\u04ff])[\u0300-\u036f]|[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
"""What is left out. In Cyrillic й is no и with an accent."""
_FORMS = str.maketrans("ىٱکی٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ياكي01234567890123456789")
"""Arabic letters and figures that are written in more than one form, as one of them."""
_NOT_IN_WORDS = re.compile("[\x00-/:-`{-\x7f]")
"""After folding: engines may put a word into their own languages without quoting."""
_FRENCH_FEMININE = re.compile("ee(?=s?$)")

_BY_LANGUAGE = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_lock = threading.Lock()
"""A stemmer keeps the word it works on in itself."""


def stems(text: str, language: str) -> list[str]:
    """Every word of a text in order, as it is indexed: small letters and figures, nothing of ASCII but those."""
    return [stem for word in WORD.findall(text) if (stem := stem_of(word[:LONGEST], language))]


@lru_cache(maxsize=100_000)
def stem_of(word: str, language: str) -> str:
    """One word of a language, by its tag; empty where nothing of it counts."""
    folded, main = fold(word)[:LONGEST], language.lower().partition("-")[0]
    if main == "fr":
        folded = _FRENCH_FEMININE.sub("e", folded)
    stem = _stemmer(main)
    if stem is None or not folded:
        return folded
    with _lock:
        return _NOT_IN_WORDS.sub("", fold(stem(folded))) or folded


def fold(word: str) -> str:
    """Without capitals, accents and other forms of one letter."""
    if word.isascii():
        return _NOT_IN_WORDS.sub("", word.lower())
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return _NOT_IN_WORDS.sub("", unicodedata.normalize("NFC", _ACCENTS.sub("", parts)).translate(_FORMS))


@lru_cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    algorithm = _BY_LANGUAGE.get(language)
    if algorithm is None:
        return None
    stem: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord  # without a cache of its own
    return stem

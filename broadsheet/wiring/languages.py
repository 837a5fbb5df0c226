"""Which language the option names, and which the public pages then speak: the same, where its words are there."""

from collections.abc import Iterable
from pathlib import Path

from broadsheet.kit import catalogs, locales
from broadsheet.wiring.options import OptionError


def spoken(tag: str, folders: Iterable[Path]) -> str:
    """The language of the words, as Django names it."""
    if not locales.TAG.fullmatch(tag):
        raise OptionError(f"Option language should be a BCP 47 tag, such as de or pt-BR, not {tag!r}.")
    return catalogs.spoken(tag, folders)

"""Which languages the words around the articles are there in: catalogs of gettext in folders."""

from collections.abc import Iterable, Iterator
from pathlib import Path


def spoken(tag: str, folders: Iterable[Path]) -> str:
    """The language of the words around what a publication writes in `tag`, as Django names it.

    A publication in a language without a catalog keeps its language and direction, among English words.
    """
    if tag.lower().partition("-")[0] == "en":
        return tag.lower()
    return tag.lower() if any(_catalogs(tag, folders)) else "en"


def languages(folders: Iterable[Path]) -> list[str]:
    """Every language there are words in; English is there without a catalog."""
    found = {
        file.parent.parent.name.replace("_", "-")
        for folder in folders
        for file in folder.glob("*/LC_MESSAGES/django.mo")
    }
    return sorted(found | {"en"})


def _catalogs(tag: str, folders: Iterable[Path]) -> Iterator[Path]:
    """The compiled catalogs of a language, or of the one it varies; folders are named as gettext names them: pt_BR."""
    language, _, variant = tag.partition("-")
    names = {
        language.lower(),
        f"{language.lower()}_{variant.upper()}",
        f"{language.lower()}_{variant.title()}",
    }
    for folder in folders:
        for name in names:
            file = folder / name / "LC_MESSAGES" / "django.mo"
            if file.exists():
                yield file

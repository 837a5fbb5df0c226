"""Static files that name others are served with those in them, so that a page asks for one sheet and one script.

In the source every part and every behaviour stays a file of its own, which a theme replaces one by one; `sheets/` names
what a page needs by `@import` and `import`, as browsers read it too. No bundler, and no Node.
"""

import posixpath
import re
from collections.abc import Callable
from typing import Any

import rjsmin
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

FOLDER = "sheets/"

Read = Callable[[str], str | None]
"""A static file's text by its name, or nothing where there is none."""

_CSS_NAMED = re.compile(
    r"""@import\s+(?:url\()?\s*["']?(?P<sheet>[^"')\s;]+)["']?\s*\)?\s*;"""
    r"""|url\(\s*(?P<quote>["']?)(?!["']|[a-z]+:|[/#])(?P<file>[^"')]+)(?P=quote)\s*\)""",
    re.IGNORECASE,
)
_JS_IMPORT = re.compile(r"""^import\s+["']([^"']+)["'];$""", re.MULTILINE)
_CSS_SPARE = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))|(?:/\*.*?\*/|\s)+""", re.DOTALL
)
_OWN_IMPORTS = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


def gathered(paths: dict[str, Any]) -> dict[str, Any]:
    """What `collectstatic` found, `{name: (storage, path)}`, with the sheets made whole."""

    def read(name: str) -> str | None:
        if name not in paths:
            return None
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    whole = InMemoryStorage()
    for name in filter(_is_sheet, paths):
        text = lean_script(script(name, read)) if name.endswith(".js") else lean(style(name, read))
        whole.save(name, ContentFile(text.encode()))
    return paths | {name: (whole, name) for name in filter(_is_sheet, paths)}


def style(name: str, read: Read, place: str = "") -> str:
    """A style sheet with what it imports in its place; files it names are named as from `place`."""
    place = place or name

    def replaced(found: re.Match[str]) -> str:
        if found["file"]:
            seen_from = posixpath.relpath(_from(name, found["file"]), posixpath.dirname(place))
            return f"url({found['quote']}{seen_from}{found['quote']})"
        other = _from(name, found["sheet"])
        return found[0] if read(other) is None else style(other, read, place)

    return _CSS_NAMED.sub(replaced, read(name) or "")


def lean(sheet: str) -> str:
    """Strings and addresses as they are; comments and runs of space as one space."""
    return _CSS_SPARE.sub(lambda found: found[1] or " ", sheet).strip()


def lean_script(text: str) -> str:
    """Without comments and indentation; names stay, so that what a browser reports can be found in the source.

    Of template literals one within another the inner one's spaces may be lost: ours have none, a theme's should not.
    """
    return str(rjsmin.jsmin(text))


def script(name: str, read: Read) -> str:
    """A module with those it imports in it, each by itself: what one declares or fails at is nothing to the others.

    One with imports of its own, a theme's, is asked for by the browser.
    """

    def imported(found: re.Match[str]) -> str:
        text = read(_from(name, found[1]))
        if text is None or _OWN_IMPORTS.search(text):
            return found[0]
        return f"(async () => {{\n{text.strip()}\n}})();"

    return _JS_IMPORT.sub(imported, read(name) or "")


def _is_sheet(name: str) -> bool:
    return name.startswith(FOLDER) and name.endswith((".css", ".js"))


def _from(name: str, other: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))

"""The catalogs of words: extracted from the source, brought up to date and compiled by `script/translate`.

Babel reads Python, and Django's `templatize` turns a template into something Babel can read: no gettext program is
needed. Compiled catalogs are kept beside their sources, so that running and packing need no step of their own.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.architecture import house

LOCALE = house.PACKAGE / "locale"
LANGUAGES = ["ar", "de", "es", "fr"]
"""What is shipped, beside English, which is the source."""

_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_ELSEWHERE = {"newsroom", "wagtailadmin", "wagtailusers", "wagtailimages", "tests", "migrations"}
"""What no reader sees: the newsroom is English."""
_TIMELESS = datetime(2026, 1, 1, tzinfo=UTC)
"""In the place of moments in a compiled catalog: the same words give the same bytes."""
_NOISE = tuple(
    f'"{name}:'.encode()
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Report-Msgid-Bugs-To",
        "Last-Translator",
        "Generated-By",
    )
)
"""Headers that say nothing here, or something else each time."""


def extracted() -> Catalog:
    """Every message of the public site and of mail, with the files it stands in."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for file in _sources():
        source = file.read_bytes() if file.suffix == ".py" else _as_python(file)
        found: Iterator[Any] = extract_python(BytesIO(source), _KEYWORDS, [], {})
        for _, function, message, _ in found:
            _add(catalog, function, message, house.shown(file))
    return catalog


def po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalog of a language as it is kept."""
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """What Django reads."""
    catalog.creation_date = catalog.revision_date = _TIMELESS
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> None:
    """Bring every catalog up to date with the source and compile it; say what is still to be translated."""
    template = extracted()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
        catalog.obsolete.clear()
        out = BytesIO()
        write_po(out, catalog, width=110, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
        lines = [line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(_NOISE)]
        po(language).write_bytes(b"".join(lines))
        po(language).with_suffix(".mo").write_bytes(compiled(read(language)))
        missing = [message.id for message in catalog if message.id and not all(_strings(message.string))]
        sys.stdout.write(f"{language}: {len(catalog) - len(missing)} translated, {len(missing)} missing\n")


def _strings(string: object) -> list[str]:
    return [str(part or "") for part in string] if isinstance(string, tuple | list) else [str(string or "")]


def _sources() -> Iterator[Path]:
    for file in sorted(house.PACKAGE.rglob("*")):
        inside = file.relative_to(house.PACKAGE).parts
        spoken = file.suffix == ".py" or (file.suffix in (".html", ".txt") and "templates" in inside)
        if spoken and _ELSEWHERE.isdisjoint({part.removesuffix(".py") for part in inside}):
            yield file


def _as_python(template: Path) -> bytes:
    """A template as calls of gettext, each at the beginning of its line, since an indentation would mean something."""
    calls = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return "\n".join(line.strip() for line in calls.splitlines()).encode()


def _add(catalog: Catalog, function: str, message: Any, where: str) -> None:
    parts = [
        part for part in ([message] if isinstance(message, str) else message or ()) if isinstance(part, str)
    ]
    context = parts.pop(0) if "pgettext" in function else None
    if parts and parts[0]:
        plural = "ngettext" in function or "npgettext" in function
        catalog.add(tuple(parts[:2]) if plural else parts[0], locations=[(where, 1)], context=context)


if __name__ == "__main__":
    main()

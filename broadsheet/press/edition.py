"""What every page is made of beside the database: options, templates, words, styles. A change of it prints all anew.

It is looked at when the worker starts, since nothing of it changes while the publication is served.
"""

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.template import engines

import broadsheet
from broadsheet.press import refresh, store
from broadsheet.press.models import Edition

_OPTIONS = (
    "url",
    "time_zone",
    "language",
    "feed_items",
    "networks_days",
    "security_contact",
    "websub_hub",
    "indexnow_key",
)
"""The options that pages show."""


def begin_if_new() -> bool:
    """Mark every page as stale where the prints that stand are of another edition, and say whether they were."""
    made_of = _digest()
    last = Edition.objects.order_by("-pk").first()
    if last is not None and last.made_of == made_of:
        return False
    stale = last is not None or store.stands("/")  # prints of before editions were told apart
    if stale:
        refresh.mark_paths([refresh.EVERYTHING])
    Edition.objects.create(made_of=made_of)
    return stale


def _digest() -> str:
    digest = sha256(f"{version('broadsheet')} {settings.LANGUAGE_CODE}".encode())
    for name in _OPTIONS:
        digest.update(f"{name}={settings.OPTIONS[name]} ".encode())
    for file in _files():
        digest.update(f"{file.name} ".encode() + file.read_bytes())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    """Templates, catalogs of words, and the list of static files, which names each by what it contains."""
    ours = Path(broadsheet.__file__).parent.glob("*/templates")
    theirs = [Path(str(folder)) for folder in engines["django"].dirs]
    for folder in (*sorted(ours), *theirs, *settings.LOCALE_PATHS):
        yield from sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".po")
    if (manifest := settings.STATIC_ROOT / "staticfiles.json").exists():
        yield manifest

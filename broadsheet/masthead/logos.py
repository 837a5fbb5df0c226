"""A logo as it is kept: decoded in a process apart, made anew as WebP, and named by what is in it.

An SVG is refused: it is a document that may hold scripts.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from broadsheet.kit.examining import NotTaken, examine
from broadsheet.kit.shrinking_apart import BadPicture, shrink_apart

WIDEST = 960
"""Pixels: a nameplate of 480, on a screen of double density."""
WIDEST_SHARED = 1200
MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True)
class Logo:
    """A file under media/, and the size it has there."""

    name: str
    width: int
    height: int


def keep(content: bytes, widest: int = WIDEST) -> Logo:
    """Store a picture as a logo, or as what pages are shared with; the same picture is the same file.

    Raises NotTaken with the end of a sentence.
    """
    if len(content) > MOST_BYTES:
        raise NotTaken(f"it is larger than {MOST_BYTES // 1024**2} MB")
    examine(content)
    made = _made_anew(content, widest)
    found = examine(made)
    name = f"logos/{hashlib.sha256(made).hexdigest()[:32]}.webp"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(made))
    return Logo(name, found.width, found.height)


def _made_anew(content: bytes, widest: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="broadsheet-logo-") as folder:
        try:
            (width,) = shrink_apart(content, Path(folder), (widest,))
        except BadPicture as bad:
            raise NotTaken(f"it cannot be read ({bad})") from bad
        return (Path(folder) / f"{width}.webp").read_bytes()

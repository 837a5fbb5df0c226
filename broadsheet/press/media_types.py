"""What each print is, and how long a browser may keep it without asking: by the name of its file."""

import mimetypes
import re
from functools import lru_cache

_BY_NAME = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "feed.atom": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "manifest.webmanifest": "application/manifest+json",
}
_TEXT = {"text/html", "text/plain", "text/css", "text/javascript", "application/xml"}
_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")


@lru_cache(maxsize=4096)
def of(name: str) -> str:
    """The media type of a file among the prints or the media; never one that a browser would run by guessing."""
    last = name.rpartition("/")[2]
    if last in _BY_NAME:
        return _BY_NAME[last]
    if last.startswith("~"):
        return "text/html; charset=utf-8"
    guessed = mimetypes.guess_type(last)[0] or "application/octet-stream"
    if name.startswith("media/") and not guessed.startswith("image/"):
        return "application/octet-stream"
    guessed = {"application/javascript": "text/javascript", "text/xml": "application/xml"}.get(guessed, guessed)
    return f"{guessed}; charset=utf-8" if guessed in _TEXT else guessed


@lru_cache(maxsize=4096)
def keeping(name: str) -> str:
    """The Cache-Control of a print, a static file or a picture."""
    if name.startswith("static/"):
        return "public, max-age=31536000, immutable" if _HASHED.search(name) else "public, max-age=3600"
    if name.startswith("media/"):
        return "public, max-age=86400"
    return "public, no-cache"

"""What each print is, and how long a browser may keep it without asking: by the name of its file.

The fronts have the same table (deploy/). It is not asked of the machine, whose own differs: without one, Python knows
no WebP, and a picture that is not called one is not shown.
"""

import re
from functools import lru_cache

_PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
}
_TYPES = _PICTURES | {
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "ico": "image/vnd.microsoft.icon",
    "woff2": "font/woff2",
}
_BY_NAME = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")


@lru_cache(maxsize=4096)
def of(name: str) -> str:
    """The media type of a file among the prints or the media; never one that a browser would run by guessing."""
    last = name.rpartition("/")[2]
    ending = last.rpartition(".")[2]
    if name.startswith("media/"):  # an SVG that somebody uploads is a program
        return _PICTURES.get(ending, "application/octet-stream")
    return _BY_NAME.get(last) or _TYPES.get(ending, "application/octet-stream")


@lru_cache(maxsize=4096)
def keeping(name: str) -> str:
    """The Cache-Control of a print, a static file or a picture."""
    if name.startswith("static/"):
        return "public, max-age=31536000, immutable" if _HASHED.search(name) else "public, max-age=3600"
    if name.startswith("media/"):
        return "public, max-age=86400"
    return "public, no-cache"

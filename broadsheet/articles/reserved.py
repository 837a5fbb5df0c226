"""The addresses that the publication itself answers, so that no page of somebody's making can stand there."""

import re

_OURS = """
section tag by archive comments corrections c feed newsroom media static receipts give sponsors shop tips
moderation-log mine.json feed.xml feed.atom feed.json oembed sitemap.xml news-sitemap.xml robots.txt humans.txt search
manifest.webmanifest accent.css .well-known
"""
FIRST_PARTS = frozenset(_OURS.split())
"""First parts of a path."""
_ARTICLE = re.compile(r"/\d{4}/\d{2}/\d{2}/", re.ASCII)


def is_ours(path: str) -> bool:
    """Whether the publication itself answers there, or below."""
    return path.strip("/").partition("/")[0] in FIRST_PARTS or _ARTICLE.match(path) is not None

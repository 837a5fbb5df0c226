"""The addresses that the publication itself answers, so that no page of somebody's making can stand there."""

import re

_OURS = """
section tag by archive comments corrections c feed newsroom account readers privacy-of-readers media static receipts
follows notices give sponsors shop tips moderation-log mine.json api feed.xml feed.atom feed.json oembed sitemap.xml
wpdiscuzsubscription news-sitemap.xml robots.txt humans.txt search manifest.webmanifest accent.css .well-known
"""
FIRST_PARTS = frozenset(_OURS.split())
"""First parts of a path."""
DAY = r"/(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/"
ARTICLE = DAY + r"(?P<slug>[^/]+)/"
"""Patterns for `re.ASCII`: other digits would give one page two addresses."""
_DAY = re.compile(DAY, re.ASCII)
_ARTICLE = re.compile(ARTICLE, re.ASCII)


def is_ours(path: str) -> bool:
    """Whether the publication itself answers there, or below."""
    return path.strip("/").partition("/")[0] in FIRST_PARTS or _DAY.match(path) is not None


def article_at(path: str) -> dict[str, str] | None:
    """The year, month, day and slug in an article's address; None for any other path."""
    match = _ARTICLE.fullmatch(path)
    return match.groupdict() if match else None

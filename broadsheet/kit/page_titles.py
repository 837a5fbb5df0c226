"""What a page of the web calls itself, read from its beginning. Nothing of it is trusted: plain words come out, few."""

import codecs
import re
from html import unescape

from broadsheet.kit.text import clean_line

LONGEST = 200
"""Characters."""

_TITLE = re.compile(r"<title(?:\s[^>]{0,500})?>([^<]{1,2000})</title\s*>", re.IGNORECASE)
_META = re.compile(r"<meta\s([^>]{1,2000})>", re.IGNORECASE)
_NAMED = re.compile(r"""(?:property|name)\s*=\s*["']?og:title["'\s/]""", re.IGNORECASE)
_CONTENT = re.compile(r"""content\s*=\s*(?:"([^"]{1,1000})"|'([^']{1,1000})')""", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]{1,30})""", re.IGNORECASE)


def title_of(page: bytes) -> str:
    """Its title for those who share it, else its title; empty where it has none."""
    text = _decoded(page)
    for words in (_shared(text), _TITLE.search(text)):
        title = clean_line(unescape(words[1] if words else "")).strip()
        if title:
            return title[: LONGEST - 1] + "…" if len(title) > LONGEST else title
    return ""


def _shared(text: str) -> tuple[str, str] | None:
    for meta in _META.finditer(text):
        if _NAMED.search(f"{meta[1]} ") and (said := _CONTENT.search(meta[1])):
            return "", said[1] or said[2]
    return None


def _decoded(page: bytes) -> str:
    """UTF-8 where it is that, else what the page says of itself, else what browsers take such pages for."""
    named = _CHARSET.search(page[:2048])
    for charset in ("utf-8", named[1].decode("ascii") if named else "", "windows-1252"):
        try:
            if codecs.lookup(charset)._is_text_encoding:
                # The end may be in the middle of a letter.
                return codecs.getincrementaldecoder(charset)().decode(page)
        except (LookupError, ValueError):
            continue
    return page.decode("latin-1")

"""Reads a page as a reader does, and finds in it the words that nobody could have translated."""

import json
import re
from html import unescape
from html.parser import HTMLParser

OPENS, CLOSES = "⟦", "⟧"
SPOKEN = {"aria-label", "title", "alt", "placeholder", "label", "aria-description", "aria-roledescription"}
"""Attributes that are read out or shown."""
UNREAD = {"script", "style", "code", "pre", "template"}
VOID = {"meta", "link", "input", "img", "br", "hr", "source", "col", "wbr"}
LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]+")
NAMES = frozenset({"RSS", "Atom", "HTML", "JSON", "Markdown", "Aa"})
"""What is the same everywhere."""


class Reading(HTMLParser):
    """What is read of a page: its text, and apart from it each attribute that is words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.attributes: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in UNREAD or given.get("translate") == "no":
            self.unread.append(tag)
        self.text.append(" ")
        for name, value in given.items():
            words = name in SPOKEN or (name.startswith("data-") and " " in value)
            described = tag == "meta" and name == "content" and given.get("name") == "description"
            pressed = tag == "input" and name == "value" and given.get("type") in ("submit", "button")
            if words or described or pressed:
                self.attributes += _values(value)

    def handle_endtag(self, tag: str) -> None:
        if self.unread and self.unread[-1] == tag:
            self.unread.pop()
        self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.text.append(data)


def untranslated(page: str) -> list[str]:
    """The English words of a page in which every translated sentence stands in ⟦ ⟧ and all content is Cyrillic."""
    reading = Reading()
    reading.feed(page)
    reading.close()
    return [word for words in ("".join(reading.text), *reading.attributes) for word in _outside(words)]


def untranslated_in_feed(feed: str) -> list[str]:
    """The same of a feed: its titles and descriptions, which may be HTML themselves."""
    told = re.findall(r"<(?:title|subtitle|description|summary)\b[^>]*>(.*?)</", feed, re.S)
    return [word for words in told for word in untranslated(unescape(words))]


def _values(attribute: str) -> list[str]:
    """An attribute that holds words for a script may hold several."""
    try:
        held = json.loads(attribute)
    except ValueError:
        return [attribute]
    return [str(value) for value in held.values()] if isinstance(held, dict) else [attribute]


def _outside(words: str) -> list[str]:
    """The Latin words that stand in no brackets, which may be nested: a sentence carries another in its middle."""
    depth, kept = 0, []
    for character in words:
        depth += (character == OPENS) - (character == CLOSES)
        kept.append(character if depth == 0 and character != CLOSES else " ")
    return [word for word in LATIN.findall("".join(kept)) if word not in NAMES]

"""What people type, made safe to store and to show: one spelling, no hidden tricks, no towers of marks.

Markup is not this module's concern; see `markdown` and `sanitising`.
"""

import re
import unicodedata
from html.parser import HTMLParser

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_NEVER_WANTED = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, all but tab and newline
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # bidi embeddings, overrides and isolates; deprecated formats
    "\ud800-\udfff"  # lone surrogates: not encodable
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotation
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters; the last two break XML, hence feeds
    "]"
)
# Tag characters are invisible text, except where they spell a flag such as Scotland's after a black flag.
_TAGS = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)|[\U000e0000-\U000e007f]"
)
_STACKING = frozenset({"Mn", "Me", "Cf"})
# Pointed Hebrew, Arabic and Tibetan need up to four marks on one letter, emoji sequences two in a row.
_LONGEST_STACK = 4
_BLOCK = re.compile(
    "address|article|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|summary|"
    "table|tbody|td|tfoot|th|thead|tr|ul"
)


def clean(text: str) -> str:
    """Text of any length, with its line breaks, in NFC and free of what can not be seen or stored."""
    text = _NEVER_WANTED.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _TAGS.sub(lambda match: match[1] or "", text))
    return "".join(_without_towers(text))


def clean_line(text: str) -> str:
    """One line, for names and subjects: no newline, single spaces, nothing at its ends."""
    return " ".join(clean(text).split())


def excerpt(html: str, limit: int) -> str:
    """The beginning of sanitised HTML as plain text of at most `limit` characters.

    The result is not HTML: whoever prints it must escape it.
    """
    text = plain(html)
    if len(text) <= limit:
        return text
    end = limit - 1  # room for the ellipsis
    while end > 0 and unicodedata.category(text[end]) in _STACKING:
        end -= 1
    cut = text[:end]
    words = cut.rpartition(" ")[0] if text[end] != " " else cut
    if len(words) * 2 > limit:
        cut = words
    return cut.rstrip(" ,;:–—-") + "…"


def plain(html: str) -> str:
    """Sanitised HTML as one line of plain text; nobody asked to see its spoilers."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return clean_line("".join(reader.parts))


def _without_towers(text: str) -> list[str]:
    kept = []
    height = 0
    for character in text:
        if character < "\u0300" or unicodedata.category(character) not in _STACKING:
            height = 0
        elif character < "\U000e0000" or character > "\U000e007f":
            height += 1
        if height <= _LONGEST_STACK:
            kept.append(character)
    return kept


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "spoiler") in attrs:
            self.parts.append("…")
            self.hidden = True
        if _BLOCK.fullmatch(tag):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = self.hidden and tag != "span"
        if _BLOCK.fullmatch(tag):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)

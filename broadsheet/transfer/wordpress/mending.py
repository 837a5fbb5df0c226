"""Makes XML out of what plugins and old releases write into an export, piece by piece, before the parser sees it.

An export is text put together by hand: it holds control characters that XML forbids, HTML entities that nobody
declared, loose ampersands, markup without CDATA (before WXR 1.1), and CDATA sections inside of CDATA sections. Each is
mended here so that its text is kept. No line is added or removed: what the parser says of line numbers stays true.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.entities import html5

_FORBIDDEN = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""")
_DECLARATION = re.compile(r"\A[^\uffff]{0,4096}?<\?xml\s[^>]{0,200}\?>")
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
# Title, link and image are elements of RSS too and stay out.
_HTML = (
    "a|abbr|acronym|address|article|aside|audio|b|big|blockquote|br|cite|code|dd|del|details|dfn|div|dl|dt|em|embed|"
    "figcaption|figure|font|form|h[1-6]|hr|i|iframe|img|input|ins|kbd|li|object|ol|p|param|pre|q|s|script|section|"
    "small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video"
)
_USUAL_CLOSE = ("</wp:", "</content:", "</excerpt:")
_AFTER_CLOSE = re.compile(rf"\s*</(?!(?:{_HTML})\s*>)[\w.-]+(?::[\w.-]+)?\s*>|\s*<!\[CDATA\[", re.IGNORECASE)
_CLOSING_FIELD = re.compile(r"</(?:[\w.-]+:[\w.-]+|title|link|guid|description|category|item|channel)\s*>")
_LOOSE = re.compile(
    r"&(?P<name>\#?\w{1,32};)?|\]\]>"
    rf"|<(?!/?(?:wp|content|excerpt|dc):)(?:(?=/?(?i:{_HTML})[\s/>])|(?![A-Za-z_/!?])|(?=/(?![A-Za-z_])))"
)
_UNSURE = re.compile(r"(?:<[^<>&]*|&[#\w]*|\]{1,2})\Z")
_LONGEST_TOKEN = 64  # characters an entity or the beginning of a tag may take
_LONGEST_DOUBT = 1 << 22  # characters to look ahead for the true end of a CDATA section


def mended(chunks: Iterable[bytes]) -> Iterator[str]:
    """The same text as well-formed XML as far as its words allow, in pieces of about the size that came in."""
    mender = _Mender()
    pieces = _decoded(chunks)
    yield mender.feed(_undeclared(next(pieces, "")))
    for text in pieces:
        if piece := mender.feed(text):
            yield piece
    yield mender.finish()


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in chunks:
        if decoder is None:
            decoder = _decoder(chunk)
        yield _without_nonsense(decoder.decode(chunk.translate(None, _FORBIDDEN)))
    if decoder is not None:
        yield _without_nonsense(decoder.decode(b"", final=True))


def _decoder(start: bytes) -> codecs.IncrementalDecoder:
    found = _DECLARED.search(start, 0, 4096)
    name = found[1].decode("ascii") if found else "utf-8"
    try:
        info = codecs.lookup(name)
        "<".encode(info.name).decode("ascii")
    except (LookupError, UnicodeError):
        info = codecs.lookup("utf-8")
    codec = codecs.lookup("utf-8-sig") if info.name == "utf-8" else info
    return codec.incrementaldecoder(errors="replace")


def _undeclared(start: str) -> str:
    """Without the XML declaration and what a chatty server wrote before it, since XML allows nothing there."""
    found = _DECLARATION.match(start)
    return "\n" * found[0].count("\n") + start[found.end() :] if found else start


def _without_nonsense(text: str) -> str:
    """XML 1.0 forbids these two characters as well."""
    if "\ufffe" in text or "\uffff" in text:
        return text.replace("\ufffe", "").replace("\uffff", "")
    return text


class _Mender:
    """Knows one thing: whether it stands inside of a CDATA section. Keeps back what it cannot judge yet."""

    def __init__(self) -> None:
        self._kept = ""
        self._inside = False

    def feed(self, text: str) -> str:
        return self._work(self._kept + text, final=False)

    def finish(self) -> str:
        return self._work(self._kept, final=True)

    def _work(self, text: str, final: bool) -> str:
        out: list[str] = []
        at = 0
        while True:
            mark = text.find(_CLOSE if self._inside else _OPEN, at)
            if mark < 0:
                break
            if not self._inside:
                out.append(_tidy(text[at:mark]))
                at = mark + len(_OPEN)
                out.append(_OPEN)
                self._inside = True
                continue
            out.append(text[at:mark])
            at = mark + len(_CLOSE)
            closes = text.startswith(_USUAL_CLOSE, at) or _closes(text, at, final)
            if closes is None:
                self._kept = text[mark:]
                return "".join(out)
            out.append(_CLOSE if closes else "]]]]><![CDATA[>")
            self._inside = not closes
        end = len(text) if final else _safe_end(text, at)
        if self._inside:
            out.append(text[at:end])
        else:
            out.append(_tidy(text[at:end]))
        self._kept = text[end:]
        return "".join(out)


def _closes(text: str, at: int, final: bool) -> bool | None:
    """Whether a `]]>` that ends at `at` ends its section; None if more text is needed to tell.

    It does if a closing tag or another section follows, or if its field is closed before any other `]]>` comes.
    """
    if _AFTER_CLOSE.match(text, at):
        return True
    if not final and len(text) - at < _LONGEST_TOKEN:
        return None
    another = text.find(_CLOSE, at)
    if _CLOSING_FIELD.search(text, at, another if another >= 0 else len(text)):
        return True
    if another >= 0:
        return False
    return True if final or len(text) - at > _LONGEST_DOUBT else None


def _safe_end(text: str, at: int) -> int:
    """Where to cut so that no tag's beginning, no entity and no `]]>` is cut through."""
    unsure = _UNSURE.search(text, max(at, len(text) - _LONGEST_TOKEN))
    return unsure.start() if unsure else len(text)


@lru_cache(maxsize=2048)
def _tidy(text: str) -> str:
    """Mend text that stands outside of CDATA: mostly the same few runs of tags over and over, hence remembered."""
    return _LOOSE.sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "<":
        return "&lt;"
    if sign == _CLOSE:
        return "]]&gt;"
    name = (found["name"] or "").rstrip(";")
    if name in _XML_NAMES:
        return sign
    if name.startswith("#"):
        return sign if _allowed(name[1:]) else ""
    characters = html5.get(name + ";") if name else None
    if characters is None:
        return "&amp;" + sign[1:]
    return "".join(f"&#{ord(character)};" for character in characters)


def _allowed(number: str) -> bool:
    """Whether a character reference names a character that XML allows."""
    try:
        code = int(number[1:], 16) if number[:1] in "xX" else int(number)
    except ValueError:
        return False
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000

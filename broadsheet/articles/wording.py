"""What an article says at one moment: kept with each published version, and compared line by line.

It reads the blocks as they are stored, so that it needs neither the database nor to know every kind of block.
"""

import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from broadsheet.kit.differing import Line

Wording = dict[str, Any]
"""`headline`, `standfirst`, `people` (names), `credit`, `lead` (picture, alt, caption, credit), `body` (blocks)."""

NO_WORDS = frozenset(
    {"id", "type", "language", "width", "height", "cell", "mergeCells", "table_header_choice"}
    | {"shown", "place", "closes_at"}
)
"""Parts of a block that say how it is shown."""
_PLAIN = frozenset({"div", "td", "th", "summary", "details", "tr", "dt", "dd", "caption", "figcaption", "h1"})
"""These are shown as paragraphs where versions are compared."""
_LINES = _PLAIN | {"p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre"}


def wording_of(article: Any) -> Wording:
    """All that readers of an article read, but for its discussion; plain data that JSON can hold."""
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "people": [byline.person.name for byline in article.bylines.all()],
        "credit": [article.credit, article.agency, str(article.terms.name) if article.terms else ""],
        "lead": {
            "picture": article.lead_picture_id,
            "alt": article.lead_alt,
            "caption": article.lead_caption,
            "credit": article.lead_credit,
        },
        "body": json.dumps(  # text, since PostgreSQL would bring the parts of a block into another order
            [
                {"type": block["type"], "value": _without_ids(block["value"])}
                for block in article.body.get_prep_value()
            ],
            ensure_ascii=False,
        ),
    }


def lines(wording: Wording) -> list[Line]:
    """Everything said, in the order of the page; what is empty is left out."""
    lead = wording["lead"]
    head = [
        Line("headline", wording["headline"]),
        Line("standfirst", wording["standfirst"]),
        Line("byline", ", ".join(wording["people"])),
        Line("credit", " · ".join(filter(None, wording["credit"]))),
        Line("picture", lead["alt"]),
        Line("caption", lead["caption"]),
        Line("caption", lead["credit"]),
    ]
    body = [line for block in json.loads(wording["body"]) for line in _said(block["type"], block["value"])]
    return [line for line in (*head, *body) if line.text]


def _said(kind: str, value: Any) -> Iterator[Line]:
    if isinstance(value, str):
        yield from _from_html(value) if value.lstrip().startswith("<") else _from_text(kind, value)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in NO_WORDS:
                yield from _said(_KINDS.get(name, kind), part)
    elif isinstance(value, list) and all(isinstance(cell, str | None) for cell in value):
        yield from _from_text(kind, " | ".join(cell or "" for cell in value).strip(" |"))
    elif isinstance(value, list):
        for part in value:
            yield from _said(kind, part["value"] if _is_item(part) else part)


_KINDS = {
    "alt": "picture",
    "caption": "caption",
    "credit": "caption",
    "attribution": "caption",
    "url": "address",
    "source": "address",
    "table_caption": "caption",
}
_SHOWN = frozenset({"quote", "code", "picture", "caption", "address"})


def _from_text(kind: str, text: str) -> Iterator[Line]:
    for part in text.splitlines():
        if part.strip():
            yield Line(kind if kind in _SHOWN else "p", part.strip() if kind != "code" else part)


def _from_html(html: str) -> list[Line]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return reader.found


class _Reader(HTMLParser):
    """Lines of rich text; a picture in it says its description, a footnote stands after the line it belongs to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Line] = []
        self._kind = "p"
        self._text: list[str] = []
        self._notes: list[str] = []
        self._in_note = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES or tag == "br":
            self.end_line()
        if tag in _LINES:
            self._kind = "p" if tag in _PLAIN else tag
        if tag == "footnote":
            self._in_note = True
            self._notes += filter(None, [dict(attrs).get("text")])
        if tag in {"img", "embed"} and (alt := dict(attrs).get("alt")):
            self.end_line()
            self.found.append(Line("picture", alt))

    def handle_endtag(self, tag: str) -> None:
        if tag == "footnote":
            self._in_note = False
        if tag in _LINES:
            self.end_line()
            self._kind = "p"

    def handle_data(self, data: str) -> None:
        if not self._in_note:
            self._text.append(data)

    def end_line(self) -> None:
        if text := " ".join("".join(self._text).split()):
            self.found.append(Line(self._kind, text))
        self.found += [Line("note", note) for note in self._notes]
        self._text, self._notes = [], []


def _is_item(part: Any) -> bool:
    return isinstance(part, Mapping) and "value" in part and "type" in part


def _without_ids(value: Any) -> Any:
    """Wagtail gives each block a number at random; it is nothing that anybody reads."""
    if isinstance(value, Mapping):
        return {name: _without_ids(part) for name, part in value.items() if name != "id"}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value

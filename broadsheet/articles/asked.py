"""What an article asks its readers in its body: polls, and questions about single passages.

The editor stores a passage as `<passage key="…" question="…">words</passage>`. What readers answer is nobody's business
here: whoever knows the discussion fills the places that a body leaves (`Inserts`). By itself a body says what can be
said without it, as feeds, earlier versions and previews do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from broadsheet.kit.text import clean_line, plain

MOST_IN_A_BODY = 200
"""Passages that are asked about; each costs a mark."""
LONGEST_QUESTION = 300
_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_PASSAGE = re.compile(r"<passage\b([^>]*)>(.*?)</passage>", re.S)
_ATTRIBUTE = re.compile(r'\b(key|question)="([^"]*)"')
# Where a passage begins and ends while the text around it is sanitised: noncharacters, which nobody can mean.
_OPEN, _NUMBERED, _CLOSE = "\ufdd2", "\ufdd3", "\ufdd4"
_MARKED = re.compile(f"{_OPEN}(\\d+){_NUMBERED}(.*?){_CLOSE}", re.S)
_FORGED = re.compile(f"[{_OPEN}{_NUMBERED}{_CLOSE}]|{_OPEN}\\d+{_NUMBERED}")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_WITHIN_A_LINE = frozenset(
    {"em", "strong", "i", "b", "s", "del", "code", "sup", "sub", "a", "span", "abbr", "cite", "q", "small"}
    | {"u", "ins", "mark", "kbd", "br"}
)
_FOOTNOTE = re.compile(r"<footnote\b.*?</footnote>", re.S)


@dataclass(frozen=True)
class Passage:
    """`words` are plain text."""

    key: str
    question: str
    words: str


@dataclass(frozen=True)
class Poll:
    """As its block stores it; `choices` are pairs of a key and a text."""

    key: str
    question: str
    choices: tuple[tuple[str, str], ...]
    several: bool = False
    shown: str = "always"
    place: str = "body"
    closes_at: datetime | None = None

    @property
    def in_body(self) -> bool:
        return self.place != "discussion"

    @property
    def above_discussion(self) -> bool:
        return self.place != "body"

    @property
    def anchor(self) -> str:
        """Its id in the page; empty in an earlier version, which knows no keys."""
        return f"poll-{self.key}" if self.key else ""


class Inserts:
    """What stands in the places of polls and passages; as it is, what a page says that knows of no answers."""

    def passage(self, passage: Passage, html: str) -> str:
        """`html` is sanitised."""
        return html

    def poll(self, poll: Poll) -> str:
        return render_to_string("articles/blocks/poll.html", {"poll": poll}).strip()


class Marks:
    """The passages of one body, in the order of reading."""

    def __init__(self, inserts: Inserts) -> None:
        self.passages: list[Passage] = []
        self.inserts = inserts

    def lift(self, html: str) -> str:
        """The text with marks around each passage; marks outlive sanitising."""
        return _PASSAGE.sub(self._lifted, _FORGED.sub("", html))

    def place(self, html: str) -> str:
        """The text with what belongs around its passages."""
        return _FORGED.sub("", _MARKED.sub(self._placed, html))

    def _lifted(self, found: re.Match[str]) -> str:
        asked = _asked(found)
        if asked is None or len(self.passages) >= MOST_IN_A_BODY or asked.key in self._keys:
            return found[2]
        self.passages.append(asked)
        return f"{_OPEN}{len(self.passages)}{_NUMBERED}{found[2]}{_CLOSE}"

    @property
    def _keys(self) -> set[str]:
        return {passage.key for passage in self.passages}

    def _placed(self, found: re.Match[str]) -> str:
        html = found[2]
        return self.inserts.passage(self.passages[int(found[1]) - 1], html) if _is_inline(html) else html


def passages_of(body: Any) -> list[Passage]:
    """Every passage that a body asks about, once."""
    found: dict[str, Passage] = {}
    for text in _texts([block["value"] for block in body.get_prep_value() if block["type"] in _WITH_TEXT]):
        for match in _PASSAGE.finditer(text):
            if asked := _asked(match):
                found.setdefault(asked.key, asked)
    return list(found.values())[:MOST_IN_A_BODY]


def polls_of(body: Any) -> list[Poll]:
    """Every poll of a body; one without a question or a choice is none yet."""
    blocks = (block for block in body.get_prep_value() if block["type"] == "poll")
    return [poll for block in blocks if (poll := poll_of(block["value"], block.get("id") or ""))]


def poll_of(value: Any, key: str) -> Poll | None:
    """A poll as its block stores it."""
    choices = tuple(
        (str(item.get("id") or ""), text)
        for item in value.get("choices") or []
        if isinstance(item, dict) and (text := clean_line(str(item.get("value") or "")))
    )
    question = clean_line(value.get("question") or "")
    if not question or not choices:
        return None
    return Poll(
        key=key if _KEY.fullmatch(key) else "",
        question=question[:LONGEST_QUESTION],
        choices=choices,
        several=bool(value.get("several")),
        shown=value.get("shown") or "always",
        place=value.get("place") or "body",
        closes_at=_moment(value.get("closes_at")),
    )


_WITH_TEXT = frozenset({"paragraph", "list", "callout"})


def _asked(found: re.Match[str]) -> Passage | None:
    said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
    key, words = said.get("key", ""), clean_line(plain(_FOOTNOTE.sub("", found[2])))
    if not _KEY.fullmatch(key) or not words:
        return None
    return Passage(key, clean_line(said.get("question", ""))[:LONGEST_QUESTION], words)


def _is_inline(html: str) -> bool:
    """Whether elements open and close within it, and none of them is a paragraph: then it can stand in one."""
    opened: list[str] = []
    for closing, name in _TAG.findall(html):
        if name not in _WITHIN_A_LINE:
            return False
        if name == "br":
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _moment(value: Any) -> datetime | None:
    at = parse_datetime(value) if isinstance(value, str) and value else value
    if not isinstance(at, datetime):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)

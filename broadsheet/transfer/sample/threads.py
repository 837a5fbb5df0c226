"""Threads as files: comments one after another, in a form that reads like a conversation.

    #1 | Marit Oskarrson | 12m
    The text, in the Markdown subset of comments.

    #2 > 1 | Tobias Wray | 1h05m | by: tobias-wray; edited: 1h20m
    An answer to comment 1, written by a byline of the paper.

The head line has the comment's number (`> parent`), its author, the time since the article was published (`2d4h10m`),
and, where needed, marks parted by semicolons: `pinned`, `picked`, `held`, `edited: TIME`, `removed: REASON`,
`by: BYLINE`,
`on: NUMBER` for a comment on that passage of the article.
"""

import re
from dataclasses import dataclass, replace

_HEAD = re.compile(
    r"#(?P<number>\d+)(?: > (?P<parent>\d+))? \| (?P<author>[^|]+)"
    r" \| (?P<after>[\dhdm]+)(?: \| (?P<marks>.+))?"
)
_SPAN = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_MARKS = {"pinned", "picked", "held", "edited", "removed", "by", "on"}


class ThreadError(ValueError):
    """A thread file that cannot be understood."""


@dataclass(frozen=True)
class SampleComment:
    """One comment; `number` and `parent` count within its thread, `minutes` since the article was published."""

    number: int
    parent: int | None
    author: str
    minutes: int
    text: str
    byline: str | None = None
    pinned: bool = False
    picked: bool = False
    held: bool = False
    removed: str | None = None
    edited: int | None = None
    passage: int | None = None


def read_thread(text: str) -> list[SampleComment]:
    """All comments of a thread file, numbered anew in the order of their times."""
    comments: list[SampleComment] = []
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.splitlines():
        found = _HEAD.fullmatch(line.rstrip())
        if found is None:
            lines.append(line)
            continue
        if head:
            comments.append(_comment(head, lines))
        head, lines = found, []
    if head:
        comments.append(_comment(head, lines))
    return in_order_of_time(comments)


def _comment(head: re.Match[str], lines: list[str]) -> SampleComment:
    marks = _marks(head["marks"] or "")
    return SampleComment(
        number=int(head["number"]),
        parent=int(head["parent"]) if head["parent"] else None,
        author=head["author"].strip(),
        minutes=_minutes(head["after"]),
        text="\n".join(lines).strip(),
        byline=marks.get("by"),
        pinned="pinned" in marks,
        picked="picked" in marks,
        held="held" in marks,
        removed=marks.get("removed"),
        edited=_minutes(marks["edited"]) if "edited" in marks else None,
        passage=int(marks["on"]) if "on" in marks else None,
    )


def _marks(text: str) -> dict[str, str]:
    pairs = (mark.partition(":") for mark in text.split(";") if mark.strip())
    marks = {name.strip(): value.strip() for name, _, value in pairs}
    if unknown := marks.keys() - _MARKS:
        raise ThreadError(f"Unknown marks: {', '.join(sorted(unknown))}")
    return marks


def _minutes(span: str) -> int:
    parts = _SPAN.fullmatch(span)
    if parts is None or not span:
        raise ThreadError(f"Not a span of time: {span!r}")
    days, hours, minutes = (int(part or 0) for part in parts.groups())
    return (days * 24 + hours) * 60 + minutes


def in_order_of_time(comments: list[SampleComment]) -> list[SampleComment]:
    """The same thread numbered as its comments came in, since that is how a publication numbers them."""
    ordered = sorted(comments, key=lambda comment: (comment.minutes, comment.number))
    numbers = {comment.number: number for number, comment in enumerate(ordered, start=1)}
    return [
        replace(
            comment,
            number=numbers[comment.number],
            parent=numbers[comment.parent] if comment.parent else None,
        )
        for comment in ordered
    ]

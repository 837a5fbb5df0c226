"""“@Alma” in a comment leads to what Alma said last in the same thread. Names that nobody has there stay text."""

import re
from collections.abc import Iterable
from html import escape

from django.conf import settings

from broadsheet.discussion.models import Comment, Thread

LATEST = 2_000
"""Comments whose authors are known by name; who spoke before them in a longer thread is not looked for."""
MOST = 20
"""Mentions in one comment; further ones stay text."""

_PIECE = re.compile("(<[^>]*>)")
_MENTION = re.compile(r"(?<![\w@./-])@(?=\w)")
_PLAIN_INSIDE = re.compile("<(/?)(?:a|code|pre)[ >]")


def linked(html: str, thread: Thread) -> str:
    """A comment's sanitised HTML with the names it mentions as links."""
    if not _MENTION.search(html):
        return html
    seqs = _seqs_by_name(thread)
    names = sorted(seqs, key=len, reverse=True)
    pieces, left, depth = [], MOST, 0
    for piece in _PIECE.split(html):
        if tag := _PLAIN_INSIDE.match(piece):
            depth += -1 if tag[1] else 1
        if depth or piece.startswith("<"):
            pieces.append(piece)
            continue
        said, found = _linked_text(piece, names, seqs, thread, left)
        pieces.append(said)
        left -= found
    return "".join(pieces)


def _linked_text(
    text: str, names: Iterable[str], seqs: dict[str, int], thread: Thread, left: int
) -> tuple[str, int]:
    """The text with links, and how many they are."""
    said, rest, found = "", text, 0
    while found < left and (mention := _MENTION.search(rest)):
        after = rest[mention.end() :]
        name = next((name for name in names if _begins(after, name)), "")
        said += rest[: mention.start()]
        if name:
            found += 1
            address = f"{settings.URL}{thread.article.path}c/{seqs[name]}/"
            said += f'<a href="{escape(address)}">@{after[: len(name)]}</a>'
        else:
            said += "@"
        rest = after[len(name) :]
    return said + rest, found


def _begins(text: str, name: str) -> bool:
    """Whether the text begins with the name as a whole, in capitals or not."""
    end = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name.casefold() and not (end.isalnum() or end == "_")


def _seqs_by_name(thread: Thread) -> dict[str, int]:
    """The latest comment of each author, by the name as it stands in HTML."""
    shown = Comment.objects.filter(thread_id=thread.pk, state=Comment.State.PUBLISHED)
    latest = shown.order_by("-seq").values_list("author_name", "seq")[:LATEST]
    return {escape(name, quote=False): seq for name, seq in reversed(latest) if name}

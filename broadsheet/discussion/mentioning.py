"""“@Alma” in a comment leads to what Alma said last in the same thread. Names that nobody has there stay text."""

import re
from collections import defaultdict
from html import escape

from django.conf import settings

from broadsheet.discussion.models import Comment, Thread

LATEST = 2_000
"""Comments whose authors are known by name; who spoke before them in a longer thread is not looked for."""
MOST = 50
"""Mentions in one comment that are looked at, whether anybody has the name; further ones stay text."""

_PIECE = re.compile("(<[^>]*>)")
_MENTION = re.compile(r"(?<![\w@./-])@(?=\w)")
_WORD = re.compile(r"\w+")
_PLAIN_INSIDE = re.compile("<(/?)(?:a|code|pre)[ >]")

Names = dict[str, list[tuple[str, int]]]
"""(name as it stands in HTML, latest `seq`) by the name's first word in small letters, the longest names first."""


def linked(html: str, thread: Thread) -> str:
    """A comment's sanitised HTML with the names it mentions as links."""
    if not _MENTION.search(html):
        return html
    names = _names_by_first_word(thread)
    pieces, left, depth = [], MOST, 0
    for piece in _PIECE.split(html):
        if tag := _PLAIN_INSIDE.match(piece):
            depth += -1 if tag[1] else 1
        if depth or not left or piece.startswith("<"):
            pieces.append(piece)
            continue
        said, looked_at = _linked_text(piece, names, thread, left)
        pieces.append(said)
        left -= looked_at
    return "".join(pieces)


def _linked_text(text: str, names: Names, thread: Thread, left: int) -> tuple[str, int]:
    """The text with links, and how many mentions were looked at."""
    said, rest, looked_at = "", text, 0
    while looked_at < left and (mention := _MENTION.search(rest)):
        looked_at += 1
        after = rest[mention.end() :]
        name, seq = _meant(after, names)
        said += rest[: mention.start()]
        if name:
            address = f"{settings.URL}{thread.article.path}c/{seq}/"
            said += f'<a href="{escape(address)}">@{after[: len(name)]}</a>'
        else:
            said += "@"
        rest = after[len(name) :]
    return said + rest, looked_at


def _meant(text: str, names: Names) -> tuple[str, int]:
    """The longest name that the text begins with, and its bearer's latest comment; ("", 0) where nobody has it."""
    word = _WORD.match(text)
    alike = names.get(word[0].casefold(), []) if word else []
    return next((known for known in alike if _begins(text, known[0])), ("", 0))


def _begins(text: str, name: str) -> bool:
    """Whether the text begins with the name as a whole, in capitals or not."""
    end = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name.casefold() and not (end.isalnum() or end == "_")


def _names_by_first_word(thread: Thread) -> Names:
    """Who spoke last in the thread. A name that begins with a sign has no first word, and cannot be mentioned."""
    shown = Comment.objects.filter(thread_id=thread.pk, state=Comment.State.PUBLISHED)
    latest = shown.order_by("-seq").values_list("author_name", "seq")[:LATEST]
    seqs = {escape(name, quote=False): seq for name, seq in reversed(latest)}
    names: Names = defaultdict(list)
    for name in sorted(seqs, key=len, reverse=True):
        if word := _WORD.match(name):
            names[word[0].casefold()].append((name, seqs[name]))
    return names

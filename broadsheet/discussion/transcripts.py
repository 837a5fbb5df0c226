"""A thread, or one conversation of it, to print or keep: as HTML, Markdown and JSON, in parts that nobody waits for."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from django.db.models.functions import Greatest, Length
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.discussion import allowances, answering, api, conversations, pictured, reading
from broadsheet.discussion.models import Closure, Comment
from broadsheet.discussion.models.comment import IMPORTED_RENDERING
from broadsheet.discussion.reading import Distinguished
from broadsheet.kit import markdown
from broadsheet.kit.html_to_markdown import markdown_of
from broadsheet.kit.pages import Moved, NotThere, Page
from broadsheet.kit.text import clean
from broadsheet.masthead import speaking

PART = 500
"""Comments in one part at most."""
PART_LENGTH = 256 * 1024
"""Characters, as HTML or as written, after which a part ends before its next comment."""
PATIENCE = 2.0
"""Seconds to wait for a place."""

_places = threading.BoundedSemaphore(2)
"""So many parts are made at once in a process: whoever posts or is printed for has the rest of it."""


class TooMany(Exception):
    """Too many parts asked for by one network, or by everybody; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Part:
    """Some comments in the order of the conversation, parents before their replies."""

    article: Article
    root: Comment | None
    """The conversation's first comment; None for the whole thread."""
    comments: list[Comment]
    marked: Distinguished
    more: bool

    @cached_property
    def seqs(self) -> set[int]:
        return {comment.seq for comment in self.comments}

    @cached_property
    def closures(self) -> dict[int, Closure]:
        """Why conversations that begin in it take no more replies, by the keys of their roots."""
        return conversations.closures_of([each.pk for each in self.comments if each.pk in self.marked.closed])

    def after(self, kind: str) -> str:
        """Where the next part stands, in the same format; empty after the last one."""
        seq = f"c/{self.root.seq}/" if self.root else ""
        return f"{self.article.path}{seq}transcript-{self.comments[-1].seq}.{kind}" if self.more else ""


@contextmanager
def place(address: str) -> Iterator[None]:
    """Count one part against its networks, and wait for one of the few places; raises TooMany."""
    if exhausted := allowances.spend_transcript(address):
        raise TooMany(exhausted.retry_after)
    if not _places.acquire(timeout=PATIENCE):
        raise TooMany(5)
    try:
        yield
    finally:
        _places.release()


def part(*, seq: str | None = None, after: str | None = None, **address: str) -> Part:
    """The part that follows the comment numbered `after` (or the first), of the conversation that `seq` began."""
    article = article_pages.find_article(**address)
    thread = reading.thread_of(article)
    root = reading.find(thread, int(seq)) if seq else None
    if seq and root is None:
        raise NotThere
    if root is not None and root.depth:
        raise Moved(f"{article.path}c/{root.path_seqs[0]}/")
    told = reading.in_order(thread, root, int(after or 0))
    lengths = list(told.values_list(Greatest(Length("html"), Length("source")), flat=True)[: PART + 1])
    if after and not lengths:
        raise NotThere
    number = _fitting(lengths)
    comments = list(told[:number])
    return Part(article, root, comments, reading.distinguished(thread), more=number < len(lengths))


def _fitting(lengths: list[int]) -> int:
    """How many comments of these lengths one part takes: one, however long it is, and as many more as fit."""
    within = sum(1 for total in accumulate(lengths) if total <= PART_LENGTH)
    return min(max(within, 1), PART, len(lengths))


def as_html(part: Part) -> Page:
    context = {
        "part": part,
        "article": part.article,
        "comments": [(comment, part.closures.get(comment.pk)) for comment in part.comments],
        "after": part.after("html"),
    }
    return Page("discussion/transcript.html", context)


def as_markdown(part: Part) -> Page:
    lines = [
        f"# {markdown_of(escape(part.article.headline))}",
        f"<{absolute(part.article.path)}#discussion>",
        *(_in_markdown(comment, part) for comment in part.comments),
        *([f"<{absolute(part.after('md'))}>"] if part.more else []),
    ]
    text = clean("\n\n".join(lines))
    return Page(content=f"{text}\n".encode(), content_type="text/markdown; charset=utf-8")


def as_json(part: Part) -> Page:
    after = part.after("json")
    questions = answering.questions_among(part.comments)
    answer = {
        "article": {"headline": part.article.headline, "url": absolute(part.article.path)},
        "conversation": part.root.seq if part.root else None,
        "comments": [api.as_json(comment, part.article, part.marked, questions) for comment in part.comments],
        "next": absolute(after) if after else None,
    }
    content = json.dumps(answer, ensure_ascii=False).encode()
    return Page(content=content, content_type="application/json")


FORMATS = {"html": as_html, "md": as_markdown, "json": as_json}


def _in_markdown(comment: Comment, part: Part) -> str:
    """A heading with who and when, to whom in a line of its own, the words, and whether nobody can answer any more."""
    posted = speaking.moment(localtime(comment.posted_at))
    marked = part.marked
    marks = [_("Pinned")] * (comment.pk in marked.pinned) + [_("Editors’ pick")] * (
        comment.pk in marked.picked
    )
    head = " · ".join([f"## {markdown_of(escape(comment.author_name))}", f"#{comment.seq}", posted, *marks])
    answered = comment.parent
    said = "\n\n".join(
        [_said(comment), *_pictures(comment, part.article), *_closed(part.closures.get(comment.pk))]
    )
    if answered is None and comment.passage is not None:
        words = markdown_of(escape(comment.passage.words)).replace("\n", " ")
        return f"{head}\n\n> {words}\n\n{said}"
    if answered is None:
        return f"{head}\n\n{said}"
    name = answered.author_name if answered.visible else _("a comment that is not shown")
    to = _("In answer to %(name)s, #%(seq)s") % {"name": markdown_of(escape(name)), "seq": answered.seq}
    return f"{head}\n\n*{to}*\n\n{said}"


def _closed(closure: Closure | None) -> list[str]:
    if closure is None:
        return []
    return [markdown_of(render_to_string("discussion/closed_conversation.html", {"closure": closure}))]


def _pictures(comment: Comment, article: Article) -> list[str]:
    return [
        f"![{markdown_of(escape(each['alt']))}]({each['url']})" for each in pictured.told(comment, article)
    ]


def _said(comment: Comment) -> str:
    """What its author wrote, where that is Markdown to everybody; making some of HTML takes a hundred times as long."""
    written = None if comment.render_version == IMPORTED_RENDERING else markdown.elsewhere(comment.source)
    return markdown_of(comment.html) if written is None else written

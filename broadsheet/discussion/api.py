"""The open read API of a thread: what `comments.json` answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch

from broadsheet.articles.models import Article
from broadsheet.discussion import answering, pictured, reading
from broadsheet.discussion.models import Comment, Passage, Removal, Thread
from broadsheet.discussion.reading import Distinguished

DEFAULT_LIMIT = 100
HIGHEST_LIMIT = 1000
HIGHEST_NUMBER = 2**31 - 1


class BadQuery(ValueError):
    """A parameter cannot be understood; the sentence names it."""


@dataclass(frozen=True)
class Query:
    after: int = 0
    since: int | None = None
    limit: int = DEFAULT_LIMIT

    @classmethod
    def parse(cls, parameters: Mapping[str, str]) -> "Query":
        """From the address; parameters that are not ours are ignored."""
        after, since = parameters.get("after"), parameters.get("since")
        if after is not None and since is not None:
            raise BadQuery("Give either after (a comment's number) or since (a rev), not both.")
        return cls(
            after=_number("after", after, 0, 0),
            since=None if since is None else _number("since", since, 0, 0),
            limit=min(_number("limit", parameters.get("limit"), DEFAULT_LIMIT, 1), HIGHEST_LIMIT),
        )


def _number(name: str, text: str | None, default: int, lowest: int) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise BadQuery(f"{name} should be a whole number from {lowest} to {HIGHEST_NUMBER}.")
    number = int(text)
    if not lowest <= number <= HIGHEST_NUMBER:
        raise BadQuery(f"{name} should be a whole number from {lowest} to {HIGHEST_NUMBER}.")
    return number


def answer(article: Article, thread: Thread, query: Query) -> dict[str, Any]:
    """One page of comments; `next` is what to give as `after` (or `since`) for the rest, or null."""
    # The counters are read before the rows: a reader who continues from them misses nothing.
    comments = Comment.objects.filter(thread_id=thread.pk, rev__isnull=False).exclude(
        state=Comment.State.HELD
    )
    if query.since is None:
        comments = comments.filter(seq__gt=query.after).order_by("seq")
    else:
        comments = comments.filter(rev__gt=query.since).order_by("rev")
    parents = Prefetch("parent", Comment.objects.only("seq"))
    found = list(comments.defer(*_NOT_TOLD).prefetch_related(parents, "passage")[: query.limit + 1])
    more, found = len(found) > query.limit, found[: query.limit]
    last = 0 if not found else (found[-1].seq if query.since is None else found[-1].rev)
    withdrawn = [comment.pk for comment in found if comment.state == Comment.State.WITHDRAWN]
    removed = _removed_of(withdrawn) if withdrawn else frozenset()
    marked, questions = reading.distinguished(thread), answering.questions_among(found)
    return {
        "comments": [
            as_json(comment, article, marked, questions, removed=comment.pk in removed) for comment in found
        ],
        "next": last if more else None,
        "last_seq": thread.last_seq,
        "count": thread.comment_count,
        "rev": thread.last_rev,
    }


_NOT_TOLD = ("source", "extra")


def _removed_of(comments: list[int]) -> frozenset[int]:
    """Those of these comments whose removal stands."""
    standing = Removal.objects.filter(comment__in=comments, undone_at=None)
    return frozenset(standing.values_list("comment", flat=True))


def as_json(
    comment: Comment,
    article: Article,
    marked: Distinguished,
    questions: Mapping[int, int | None],
    *,
    removed: bool = False,
) -> dict[str, Any]:
    """One comment as everybody may see it; `removed` where it was, before its author withdrew it."""
    state = Comment.State.REMOVED if removed else Comment.State(comment.state)
    return {
        "seq": comment.seq,
        "parent": None if comment.parent is None else comment.parent.seq,
        "depth": comment.depth,
        "author": comment.author_name if comment.visible else None,
        "guest": comment.reader_id is None,
        "posted_at": moment(comment.posted_at),
        "edited_at": None if comment.edited_at is None else moment(comment.edited_at),
        "html": comment.html if comment.visible else None,
        "pictures": pictured.told(comment, article) if comment.visible else [],
        "state": state.name.lower(),
        "pinned": comment.visible and comment.pk in marked.pinned,
        "picked": comment.visible and comment.pk in marked.picked,
        "closed": comment.pk in marked.closed,
        "likes": comment.likes if comment.score_shown else None,
        "passage": None if comment.passage is None else _passage(comment.passage),
        **_answered(comment, questions),
        "rev": comment.rev,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {"number": passage.number, "question": passage.question, "text": passage.words}


def _answered(comment: Comment, questions: Mapping[int, int | None]) -> dict[str, Any]:
    """Whether a question of question time is answered, and by which comment."""
    asks = comment.visible and comment.pk in questions
    answer = questions[comment.pk] if asks else None
    return {"answered": answer is not None if asks else None, "answer": answer}


def moment(at: datetime) -> str:
    """In UTC, to the second, with `Z` (RFC 3339)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def live(thread: Thread) -> dict[str, Any]:
    """What `thread.json` prints: enough to know that there is something new."""
    return {
        "last_seq": thread.last_seq,
        "count": thread.comment_count,
        "rev": thread.last_rev,
        "snap": thread.order_version or None,
    }

"""Reply and descendant counts: moved by the worker from events, rebuilt from the comments by `recount`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest

from broadsheet.articles.models import Article
from broadsheet.discussion.drift import Drift, between
from broadsheet.discussion.models import Comment, Thread
from broadsheet.events.models import Event

KINDS = frozenset({"comment.published", "comment.hidden"})
CHUNK = 500
_MOVED = ("reply_count", "descendant_count", "last_sib")


def count(events: Sequence[Event]) -> None:
    """Move the counters of everything above the comments that appeared or went (an event consumer)."""
    steps = _steps(events)
    descendants: dict[int, Counter[int]] = defaultdict(Counter)
    replies: Counter[int] = Counter()
    for comment in Comment.objects.filter(pk__in=steps).only("thread_id", "parent_id", "path"):
        for seq in comment.path_seqs[:-1]:
            descendants[comment.thread_id][seq] += steps[comment.pk]
        if comment.parent_id is not None:
            replies[comment.parent_id] += steps[comment.pk]
    for thread, by_seq in descendants.items():
        for step, seqs in _grouped(by_seq):
            Comment.objects.filter(thread=thread, seq__in=seqs).update(
                descendant_count=Greatest(F("descendant_count") + step, 0)
            )
    for step, parents in _grouped(replies):
        Comment.objects.filter(pk__in=parents).update(reply_count=Greatest(F("reply_count") + step, 0))
    note_on_articles({event.facts["thread"] for event in events})


def note_on_articles(threads: Iterable[int]) -> None:
    """Copy the number of comments, and the newest one's moment, to the article, whose cards show them."""
    newest = Comment.objects.filter(thread=OuterRef("pk"), state=Comment.State.PUBLISHED).order_by("-seq")
    known = Thread.objects.filter(pk__in=threads).annotate(newest_at=Subquery(newest.values("posted_at")[:1]))
    for article, count, newest_at in known.values_list("article_id", "comment_count", "newest_at"):
        Article.objects.filter(pk=article).update(comment_count=count, commented_at=newest_at)


def recount(thread: Thread) -> int:
    """Count everything of a thread anew from its comments; how many rows were wrong."""
    return len({each.seq for each in mend(thread) if each.counter not in _CARD})


def mend(thread: Thread) -> list[Drift]:
    """Count everything of a thread anew from its comments; what had drifted."""
    with transaction.atomic():
        thread = Thread.locked(thread.pk)
        comments = list(Comment.objects.filter(thread=thread).only(*_COUNTED).order_by("path"))
        unhanded = _unhanded_steps(thread)
        wrong, drift = _recounted(comments, unhanded)
        Comment.objects.bulk_update(wrong, _MOVED, batch_size=CHUNK)
        return drift + _mend_thread(thread, comments) + _mend_card(thread, lags=bool(unhanded))


def _mend_thread(thread: Thread, comments: Sequence[Comment]) -> list[Drift]:
    """The thread's own counters; those that hand out numbers only ever grow, or one would be given twice."""
    right = {
        "comment_count": sum(1 for comment in comments if comment.visible),
        "root_count": max((comment.sib or 0 for comment in comments if comment.depth == 0), default=0),
        "last_seq": max([thread.last_seq, *(comment.seq for comment in comments)]),
        "last_rev": max([thread.last_rev, *(comment.rev or 0 for comment in comments)]),
    }
    drift = between({name: getattr(thread, name) for name in right}, right)
    if drift:
        Thread.objects.filter(pk=thread.pk).update(**right)
    return drift


def _mend_card(thread: Thread, *, lags: bool) -> list[Drift]:
    """What the article's cards say; while events wait to be counted it may well be behind."""
    told = Article.objects.filter(pk=thread.article_id).values_list("comment_count", "commented_at")
    before = told.get()
    note_on_articles([thread.pk])
    after = told.get()
    pairs = zip(_CARD, before, after, strict=True)
    return [] if lags else [Drift(name, _shown(was), _shown(now)) for name, was, now in pairs if was != now]


def _shown(value: int | datetime | None) -> int | str | None:
    return value.isoformat() if isinstance(value, datetime) else value


_CARD = ("the article's comment_count", "the article's commented_at")


_COUNTED = (
    "thread_id",
    "parent_id",
    "seq",
    "sib",
    "rev",
    "depth",
    "path",
    "state",
    "reply_count",
    "descendant_count",
    "last_sib",
)


def _unhanded_steps(thread: Thread) -> Counter[int]:
    """The steps of events that are still to be counted: they will be added when they are handed."""
    return _steps(Event.objects.filter(kind__in=KINDS, handed_at=None, facts__thread=thread.pk))


def _recounted(comments: Sequence[Comment], unhanded: Counter[int]) -> tuple[list[Comment], list[Drift]]:
    """The comments whose counters differ from what the tree says, set right, and by how much they differed."""
    descendants: Counter[int] = Counter()
    replies: Counter[int] = Counter()
    sibs: dict[int, int] = defaultdict(int)
    for comment in comments:
        if comment.parent_id is not None:
            sibs[comment.parent_id] = max(sibs[comment.parent_id], comment.sib or 0)
        counted = comment.visible - unhanded[comment.pk]
        for seq in comment.path_seqs[:-1]:
            descendants[seq] += counted
        replies[comment.parent_id or 0] += counted
    wrong, drift = [], []
    for comment in comments:
        right = (replies[comment.pk], descendants[comment.seq], sibs[comment.pk])
        was = (comment.reply_count, comment.descendant_count, comment.last_sib)
        if right != was:
            drift += between(
                dict(zip(_MOVED, was, strict=True)), dict(zip(_MOVED, right, strict=True)), comment.seq
            )
            comment.reply_count, comment.descendant_count, comment.last_sib = right
            wrong.append(comment)
    return wrong, drift


def _steps(events: Iterable[Event]) -> Counter[int]:
    """By how much each comment moves the counters above it."""
    steps: Counter[int] = Counter()
    for event in events:
        if event.kind == "comment.published":
            steps[event.facts["comment"]] += 1
        elif event.facts["was_visible"]:
            steps[event.facts["comment"]] -= 1
    return steps


def _grouped(counter: Counter[int]) -> Iterable[tuple[int, list[int]]]:
    """(step, keys) for every step but zero, at most `CHUNK` keys at once."""
    by_step: dict[int, list[int]] = defaultdict(list)
    for key, step in counter.items():
        if step:
            by_step[step].append(key)
    for step, keys in by_step.items():
        for start in range(0, len(keys), CHUNK):
            yield step, keys[start : start + CHUNK]

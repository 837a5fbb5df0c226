"""Reply and descendant counts: moved by the worker from events, rebuilt from the comments by `recount`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment, Thread
from broadsheet.events.models import Event

KINDS = frozenset({"comment.published", "comment.hidden"})
CHUNK = 500


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
    with transaction.atomic():
        thread = Thread.objects.select_for_update().get(pk=thread.pk)
        comments = list(Comment.objects.filter(thread=thread).only(*_COUNTED).order_by("path"))
        wrong = _recounted(comments, _unhanded_steps(thread))
        Comment.objects.bulk_update(wrong, ["reply_count", "descendant_count", "last_sib"], batch_size=CHUNK)
        visible = sum(1 for comment in comments if comment.visible)
        roots = max((comment.sib or 0 for comment in comments if comment.depth == 0), default=0)
        drifted = (thread.comment_count, thread.root_count) != (visible, roots)
        Thread.objects.filter(pk=thread.pk).update(comment_count=visible, root_count=roots)
        note_on_articles([thread.pk])
    return len(wrong) + drifted


_COUNTED = (
    "thread_id",
    "parent_id",
    "seq",
    "sib",
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


def _recounted(comments: Sequence[Comment], unhanded: Counter[int]) -> list[Comment]:
    """The comments whose counters differ from what the tree says, set right."""
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
    wrong = []
    for comment in comments:
        right = (replies[comment.pk], descendants[comment.seq], sibs[comment.pk])
        if right != (comment.reply_count, comment.descendant_count, comment.last_sib):
            comment.reply_count, comment.descendant_count, comment.last_sib = right
            wrong.append(comment)
    return wrong


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

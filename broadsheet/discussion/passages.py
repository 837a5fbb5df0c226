"""Passages of an article that readers are asked about: kept as the article says them, read with their comments."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from broadsheet.articles import asked
from broadsheet.articles.models import Article
from broadsheet.discussion import reading
from broadsheet.discussion.drift import Drift
from broadsheet.discussion.models import Comment, Passage, Thread
from broadsheet.discussion.tree import Node
from broadsheet.events.models import Event

COUNTED = frozenset({"comment.published", "comment.hidden"})


def keep(article: Article) -> None:
    """Bring what is kept up to date with what the article says now; one that went stays for its comments."""
    found = asked.passages_of(article.body) if article.live else []
    if not found and not Passage.objects.filter(thread__article=article, left_at=None).exists():
        return
    thread = reading.started_thread_of(article)
    Thread.locked(thread.pk)
    known = {passage.key: passage for passage in Passage.objects.filter(thread=thread)}
    number = max((passage.number for passage in known.values()), default=0)
    for each in found:
        passage = known.pop(each.key, None)
        if passage is None:
            number += 1
            passage = Passage(thread=thread, number=number, key=each.key)
        passage.question, passage.words, passage.left_at = each.question, each.words, None
        passage.save()
    gone = [passage.pk for passage in known.values() if passage.stands]
    Passage.objects.filter(pk__in=gone).update(left_at=timezone.now())


def of_thread(thread: Thread) -> dict[str, Passage]:
    """All of them by their keys, in one query."""
    return {passage.key: passage for passage in Passage.objects.filter(thread_id=thread.pk)}


def find(thread: Thread, number: int) -> Passage | None:
    return Passage.objects.filter(thread_id=thread.pk, number=number).first() if thread.pk else None


def comments_about(passage: Passage, after: int) -> tuple[list[Node], int | None]:
    """Twenty conversations about a passage, after the root with that `sib`; and the `sib` to go on from, if any."""
    roots = Comment.objects.filter(passage=passage, depth=0, sib__gt=after).order_by("sib")
    found = list(reading.shown_of(roots)[: reading.ROOTS_PER_PAGE + 1])
    more, found = len(found) > reading.ROOTS_PER_PAGE, found[: reading.ROOTS_PER_PAGE]
    return reading.with_first_replies(found), found[-1].sib if more else None


def count(events: Sequence[Event]) -> None:
    """Count the comments about passages anew where one came or went (an event consumer)."""
    comments = {event.facts["comment"] for event in events}
    about = Comment.objects.filter(pk__in=comments, passage__isnull=False)
    recount(Passage.objects.filter(pk__in=about.values("passage")).values_list("pk", flat=True))


def recount(passages: Iterable[int] | QuerySet[Passage, Any]) -> list[Drift]:
    """Count the visible comments about these passages; which counts were wrong."""
    counted = Passage.objects.filter(pk__in=passages).annotate(
        counted=Count("comments", filter=Q(comments__state=Comment.State.PUBLISHED))
    )
    wrong = list(counted.exclude(comment_count=F("counted")))
    for passage in wrong:
        Passage.objects.filter(pk=passage.pk).update(comment_count=passage.counted)
    return [Drift(f"comments on passage {each.number}", each.comment_count, each.counted) for each in wrong]

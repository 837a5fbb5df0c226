"""Index everything anew, from the first text to the last; whoever is interrupted goes on where it was."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from broadsheet.search import indexing
from broadsheet.search.engines import engine
from broadsheet.search.models import IndexedArticle, IndexedComment, Reindexing

BATCH = 100
"""Texts in one transaction, for which whoever posts meanwhile has to wait: a seventh of a second."""


def reindex(tell: Callable[[int, int], None], *, anew: bool = False) -> int:
    """Index what is public and drop what no longer is; `tell` hears (done, of). How many texts there are.

    A run that was interrupted is taken up, unless everything is asked for `anew`.
    """
    engine().build()
    run = _run(anew=anew)
    steps: list[tuple[str, QuerySet[Any], Callable[[Sequence[int]], None]]] = [
        ("articles_after", indexing.live_articles(), indexing.index_articles),
        ("comments_after", indexing.shown_comments(), indexing.index_comments),
    ]
    done = sum(texts.filter(pk__lte=getattr(run, column)).count() for column, texts, _ in steps)
    of = sum(texts.count() for _, texts, _ in steps)
    tell(done, of)
    for column, texts, deed in steps:
        while numbers := _next(texts, getattr(run, column)):
            with transaction.atomic():
                deed(numbers)
                setattr(run, column, numbers[-1])
                run.save(update_fields=[column])
            done += len(numbers)
            tell(done, of)
    IndexedArticle.objects.exclude(article__in=indexing.live_articles()).delete()
    IndexedComment.objects.exclude(comment__in=indexing.shown_comments()).delete()
    engine().tidy()
    run.ended_at = timezone.now()
    run.save(update_fields=["ended_at"])
    return of


def _run(*, anew: bool) -> Reindexing:
    if anew:
        Reindexing.objects.filter(ended_at=None).delete()
    return Reindexing.objects.filter(ended_at=None).order_by("pk").last() or Reindexing.objects.create()


def _next(texts: QuerySet[Any], after: int) -> list[int]:
    return list(texts.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])

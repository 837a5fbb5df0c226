"""Keep what can be found as it is in public: piece by piece, after events.

Whatever happened, a text is looked at as it is now: it stands in the index if everybody may read it, and does not
otherwise. So nothing depends on the order of events, and doing it twice changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.events.models import Event
from broadsheet.masthead import speaking
from broadsheet.search import languages, places, texts
from broadsheet.search.engines import engine
from broadsheet.search.engines.asking import ARTICLES, COMMENTS, Shelf
from broadsheet.search.models import Due, IndexedArticle, IndexedComment

BATCH = 50
"""Texts in one transaction: nobody who writes has to wait for long."""

KINDS = frozenset(
    {
        "article.published",
        "article.unpublished",
        "comment.published",
        "comment.edited",
        "comment.hidden",
        "person.changed",
        "publication.changed",
    }
)
_LOCK = 0x5EA2C4
"""PostgreSQL's advisory lock: places are given by one process at a time."""
_OF_A_COMMENT = (
    "author_name",
    "html",
    "posted_at",
    "thread__article__section_id",
    "thread__article__language",
)
_NOTE_COMMENTS = """
INSERT INTO search_due (kind, number)
SELECT %s, comment.id FROM discussion_comment comment
JOIN discussion_thread thread ON thread.id = comment.thread_id WHERE thread.article_id = %s
ON CONFLICT DO NOTHING
"""


def note(events: Sequence[Event]) -> None:
    """Write down what is to be indexed anew (an event consumer)."""
    articles = {event.facts["article"] for event in events if event.kind.startswith("article.")}
    comments = {event.facts["comment"] for event in events if event.kind.startswith("comment.")}
    people = {event.facts["id"] for event in events if event.kind == "person.changed"}
    if people:
        articles |= set(Article.objects.filter(bylines__person__in=people).values_list("pk", flat=True))
    _note(Due.Kind.ARTICLE, articles)
    _note(Due.Kind.COMMENT, comments)
    if any(event.kind == "publication.changed" for event in events):  # which an import and the sample record
        _note(Due.Kind.ARTICLES_AFTER, [0])
        _note(Due.Kind.COMMENTS_AFTER, [0])


def index_due() -> int:
    """Index a batch of what is due; how many pieces of work that were."""
    due = list(Due.objects.order_by("pk")[:BATCH])
    if not due:
        return 0
    numbers = {kind: [row.number for row in due if row.kind == kind] for kind in Due.Kind}
    # Read before the transaction, in which everybody who writes to SQLite waits. What changes from now on is noted in a
    # row with another key, which stays.
    comments = _rows_of_comments(numbers[Due.Kind.COMMENT])
    with transaction.atomic():
        Due.objects.filter(pk__in=[row.pk for row in due]).delete()
        index_articles(numbers[Due.Kind.ARTICLE])
        _write_comments(numbers[Due.Kind.COMMENT], comments)
        for number in numbers[Due.Kind.ARTICLES_AFTER]:
            _index_missing(live_articles(), IndexedArticle, index_articles, Due.Kind.ARTICLES_AFTER, number)
        for number in numbers[Due.Kind.COMMENTS_AFTER]:
            _index_missing(shown_comments(), IndexedComment, index_comments, Due.Kind.COMMENTS_AFTER, number)
    return len(due)


@speaking.publicly()
def index_articles(numbers: Sequence[int]) -> None:
    """Index these articles as they are now; call it inside a transaction.

    Where one has appeared, gone or moved to another section, its comments are to be looked at again.
    """
    if not numbers:
        return
    live = {article.pk: article for article in live_articles().filter(pk__in=numbers)}
    known = {row.article_id: row for row in IndexedArticle.objects.filter(article__in=numbers).defer("body")}
    IndexedArticle.objects.filter(article__in=set(numbers) - live.keys()).delete()
    rows = [IndexedArticle(article=article, **texts.of_article(article)) for article in live.values()]
    days = {row.article_id: row.article.published_on or timezone.localdate() for row in rows}
    _give_places(rows, {pk: row.place for pk, row in known.items()}, days)
    _write(rows, ARTICLES, {row.place: row.article.written_in for row in rows})
    before, now = ({row.article_id: row.marks for row in some} for some in (known.values(), rows))
    _note_comments([pk for pk in numbers if before.get(pk) != now.get(pk)])


def index_comments(numbers: Sequence[int]) -> None:
    """Index these comments as they are now, even if nothing has changed; call it inside a transaction."""
    _write_comments(numbers, _rows_of_comments(numbers), again=True)


@speaking.publicly()
def _rows_of_comments(numbers: Sequence[int]) -> list[IndexedComment]:
    """The rows of those that are shown, still without a place."""
    if not numbers:
        return []
    shown = shown_comments().filter(pk__in=numbers).only(*_OF_A_COMMENT)
    return [IndexedComment(comment=comment, **texts.of_comment(comment)) for comment in shown]


@speaking.publicly()
def _write_comments(numbers: Sequence[int], rows: Sequence[IndexedComment], *, again: bool = False) -> None:
    """Put these rows into the index if they have changed (or `again`), and take out the comments that have none."""
    if not numbers:
        return
    known = {row.comment_id: row for row in IndexedComment.objects.filter(comment__in=numbers)}
    IndexedComment.objects.filter(comment__in=set(numbers) - {row.comment_id for row in rows}).delete()
    if not again:
        rows = [row for row in rows if row.comment_id not in known or _differs(row, known[row.comment_id])]
    days = {row.comment_id: timezone.localdate(row.comment.posted_at) for row in rows}
    _give_places(rows, {pk: row.place for pk, row in known.items()}, days)
    _write(rows, COMMENTS, {row.place: row.comment.thread.article.written_in for row in rows})


def _differs(one: IndexedComment, other: IndexedComment) -> bool:
    return (one.author, one.body, one.marks) != (other.author, other.body, other.marks)


def live_articles() -> QuerySet[Article]:
    articles: QuerySet[Article] = Article.objects.filter(live=True, published_on__isnull=False)
    return articles.prefetch_related("bylines__person")


def shown_comments() -> QuerySet[Comment]:
    shown = Comment.objects.filter(state=Comment.State.PUBLISHED, thread__article__live=True)
    return shown.select_related("thread__article")


def _write(rows: Sequence[Any], shelf: Shelf, spoken: dict[int, str]) -> None:
    """The rows and what the index knows of them, in one statement each; languages by place."""
    if not rows:
        return
    columns = [*shelf.weights, "marks"]
    type(rows[0]).objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["place"], update_fields=columns
    )
    languages.remember(spoken.values())
    engine().put(shelf, [texts.entry(row, shelf, spoken[row.place]) for row in rows])


def _give_places(rows: Sequence[Any], known: dict[int, int], days: dict[int, date]) -> None:
    """Each keeps its place, or is given a free one, the next of its day; all of them by the number of their text."""
    fresh = []
    for row in rows:
        number = row.article_id if isinstance(row, IndexedArticle) else row.comment_id
        if number in known:
            row.place = known[number]
        else:
            fresh.append((row, days[number]))
    if not fresh:
        return
    found = _new_places([day for _, day in fresh], type(rows[0]))
    for (row, _), place in zip(fresh, found, strict=True):
        row.place = place


def _new_places(days: Sequence[date], kind: type[IndexedArticle] | type[IndexedComment]) -> list[int]:
    """A free place for each, the next of its day."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    given: dict[date, int] = {}
    found = []
    for day in days:
        if day not in given:
            taken = kind.objects.filter(place__range=(places.first_of(day), places.last_of(day)))
            highest = taken.order_by("-place").values_list("place", flat=True).first()
            given[day] = places.first_of(day) - 1 if highest is None else highest
        given[day] += 1
        found.append(given[day])
    return found


def _index_missing(
    texts_now: QuerySet[Any],
    kind: type[Model],
    deed: Callable[[Sequence[int]], None],
    due: Due.Kind,
    after: int,
) -> None:
    """Index what is missing among the next texts beyond a number, and note that there may be more beyond those."""
    numbers = list(texts_now.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    field = "article" if kind is IndexedArticle else "comment"
    known = set(kind._default_manager.filter(**{f"{field}__in": numbers}).values_list(field, flat=True))
    deed([pk for pk in numbers if pk not in known])
    if numbers:
        _note(due, [numbers[-1]])


def _note(kind: Due.Kind, numbers: Iterable[int]) -> None:
    """With a key of its own even where it was noted before: that row may be of a change that is being indexed."""
    for noted in _batches(sorted(numbers)):
        Due.objects.filter(kind=kind, number__in=noted).delete()
        Due.objects.bulk_create((Due(kind=kind, number=number) for number in noted), ignore_conflicts=True)


def _note_comments(articles: Sequence[int]) -> None:
    """Every comment of these articles is due, in one statement however many they are."""
    with connection.cursor() as cursor:
        for article in articles:
            cursor.execute(_NOTE_COMMENTS, [Due.Kind.COMMENT, article])


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))

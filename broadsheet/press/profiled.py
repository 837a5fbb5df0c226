"""What a change of a reader, or of what they wrote, makes stale of their public page: event → addresses."""

from collections.abc import Iterable, Iterator, Sequence

from broadsheet.articles import syndication
from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.events.models import Event
from broadsheet.press import addresses
from broadsheet.readers.models import Profile


def changed(events: Sequence[Event]) -> Iterator[str]:
    """The page says something else of its reader."""
    theirs = Profile.objects.filter(reader__in=_readers(events))
    yield from _pages(theirs)
    yield from _pictures(theirs)


def turned(events: Sequence[Event]) -> Iterator[str]:
    """It is there, or there no more: names beside comments lead to it, or do so no more."""
    readers = _readers(events)
    theirs = Profile.objects.filter(reader__in=readers)
    yield from _pages(theirs)
    yield from _pictures(theirs)
    yield from _where_they_wrote(readers)


def claimed(events: Sequence[Event]) -> Iterator[str]:
    """Comments became those of a reader; where they have a page, it shows them, and they lead to it."""
    shown = Profile.objects.filter(reader__in=_readers(events), shown_at__isnull=False)
    yield from _pages(shown)
    yield from _where_they_wrote(set(shown.values_list("reader", flat=True)))


def of_authors(comments: Iterable[Comment]) -> Iterator[str]:
    """The public pages of those who wrote these comments."""
    readers = {comment.reader_id for comment in comments} - {None}
    if readers:
        yield from _pages(Profile.objects.filter(reader__in=readers, shown_at__isnull=False))


def _pages(profiles: Iterable[Profile]) -> Iterator[str]:
    for profile in profiles:
        yield from (profile.path, f"{profile.path}before/", *syndication.feeds_of(profile.path))


def _pictures(profiles: Iterable[Profile]) -> Iterator[str]:
    """What stands there goes, and is printed again for whoever asks, if it is still shown."""
    for profile in profiles:
        yield f"{profile.path}pictures/"


def _where_they_wrote(readers: set[int]) -> Iterator[str]:
    yield from ("/comments/", "/comments/page/", "/comments/picks/", "/comments/picks/page/")
    theirs = Comment.objects.filter(reader__in=readers).order_by()
    articles = Article.objects.filter(thread__in=theirs.values("thread"), live=True)
    for article in articles.iterator(chunk_size=200):
        yield from addresses.of_article(article)
        yield from addresses.of_orders(article)
        yield from addresses.asked_beneath(article)
        yield f"{article.path}c/"


def _readers(events: Sequence[Event]) -> set[int]:
    return {event.facts["reader"] for event in events}

"""One table: event → addresses to print again. The marks are rows, so no crash loses one."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Count, Model, Q
from wagtail.models import ReferenceIndex

from broadsheet.articles import pages as article_pages
from broadsheet.articles import related, syndication, translations
from broadsheet.articles.models import Article, Embed, Picture, Section, StandingPage
from broadsheet.events.models import Event
from broadsheet.masthead.models import Person
from broadsheet.press import addresses, discussed, profiled, store

PAUSE = 1.0
"""Seconds between two prints of one page, however hot the thread."""
FETCHED_PAUSE = 10.0
"""Seconds between two prints of what only machines fetch, now and then: a feed is a third of a hot thread's work."""
CARD_PAUSE = 20.0
"""Seconds that a page which only shows how lively a discussion is may lag behind."""

UNREAD_PAUSE = 20.0
"""Seconds before a page is printed that has no print yet: whoever asks has it printed at once, and one print may do."""

_READ = ("/", "/thread.json", "/recent.json")
"""How the addresses end that readers look at, themselves or through a script of a page; others are for machines."""

EVERYTHING = "*"
"""In the place of a path: every page. The press marks each when it comes to it, no consumer in its transaction."""

_FRONT = (
    "/",
    "/comments/",
    "/comments/page/",
    *syndication.feeds_of("/comments/"),
    *discussed.PICKS,
    *syndication.feeds_of("/"),
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/humans.txt",
    "/archive/",
    "/by/",
)
_CORRECTIONS = (
    "/corrections/",
    "/corrections/page/",
    *syndication.feeds_of("/corrections/"),
)

_MARK = """
INSERT INTO press_staleprint (path, due_at, printed_at, marked, at_rest) VALUES (%s, %s, 0, %s, %s)
ON CONFLICT (path) DO UPDATE SET
    due_at = CASE WHEN press_staleprint.at_rest THEN {greatest}(press_staleprint.printed_at + %s, excluded.due_at)
        ELSE {least}(press_staleprint.due_at, {greatest}(press_staleprint.printed_at + %s, excluded.due_at)) END,
    marked = CASE WHEN excluded.marked < 0 AND press_staleprint.marked > 0 AND NOT press_staleprint.at_rest
        THEN press_staleprint.marked + 1 ELSE excluded.marked END,
    at_rest = excluded.at_rest
"""


def _articles(events: Sequence[Event]) -> Iterator[str]:
    yield from (*_FRONT, *_CORRECTIONS)
    yield from addresses.sitemap_parts()
    articles = Article.objects.select_related("section").exclude(published_on=None)
    found = articles.in_bulk([event.facts["article"] for event in events])
    for event in events:
        if article := found.get(event.facts["article"]):
            yield from _around(article)
            yield from _naming(article)
            yield from (each for path in event.facts.get("stood_in", ()) for each in _listed(path))
            yield from (other.path for other in related.showing(article, event.facts.get("stood_in", ())))
            for other in translations.naming(article, event.facts.get("translated")):
                yield from (other.path, f"{other.path}index.md")
            if _menu_changed(article, event):
                yield EVERYTHING


def _around(article: Article) -> Iterator[str]:
    """The article's own pages and every list it stands in."""
    yield from addresses.of_article(article)
    yield from addresses.of_orders(article)
    yield from addresses.asked_beneath(article)
    yield from (f"{article.path}c/", f"{article.path}history/")
    yield from (each for path in article.lists for each in _listed(path))
    if article.published_on:
        yield from article_pages.archive_paths(article.published_on)


def _naming(article: Article) -> Iterator[str]:
    """The pages that tell readers to read on in it."""
    for other in Article.objects.filter(pk__in=_showing(article, Article), live=True):
        yield other.path
    standing = StandingPage.objects.filter(pk__in=_showing(article, StandingPage), live=True)
    yield from standing.values_list("path", flat=True)


def _listed(path: str) -> Iterator[str]:
    yield from (path, f"{path}page/", *syndication.feeds_of(path))


def _ruled(events: Sequence[Event]) -> Iterator[str]:
    """Every page of a discussion has its form, or says why not; rules of many discussions are on every page."""
    if any(event.facts["articles"] is None for event in events):
        yield EVERYTHING
        return
    yield "/"
    pks = {pk for event in events for pk in event.facts["articles"]}
    for article in Article.objects.select_related("section").filter(pk__in=pks, live=True):
        yield from _around(article)


def _corrected(events: Sequence[Event]) -> Iterator[str]:
    """The corrections, the article with its cards and feeds: a retraction is said wherever its headline stands."""
    yield from (*_FRONT, *_CORRECTIONS)
    pks = {event.facts["article"] for event in events}
    for article in Article.objects.select_related("section").filter(pk__in=pks, live=True):
        yield from _around(article)


def _sealed(events: Sequence[Event]) -> Iterator[str]:
    pks = {event.facts["article"] for event in events}
    for article in Article.objects.filter(pk__in=pks, live=True):
        yield f"{article.path}history/"


def _left(events: Sequence[Event]) -> Iterator[str]:
    """Where something stood and does no more: a list goes with its feeds and further pages."""
    for was in filter(None, (event.facts.get("was") for event in events)):
        yield from _listed(was) if was.startswith(("/section/", "/tag/", "/by/")) else (was,)


def _menu_changed(article: Article, event: Event) -> bool:
    """Whether a section may have got its first article or lost its last: every page's menu names the lively ones."""
    before = event.facts.get("stood_in") or []
    if article.live and before == article.lists:
        return False
    changed = {path for path in {*before, *article.lists} if path.startswith("/section/")}
    live = Count("articles", filter=Q(articles__live=True))
    return any(
        section.path in changed and section.lively <= 1 for section in Section.objects.annotate(lively=live)
    )


def _standing_pages(events: Sequence[Event]) -> Iterator[str]:
    pks = {event.facts["page"] for event in events}
    yield from StandingPage.objects.filter(pk__in=pks).values_list("path", flat=True)
    yield EVERYTHING  # the footer of every page names them


def _people(events: Sequence[Event]) -> Iterator[str]:
    pks = {event.facts["id"] for event in events}
    for person in Person.objects.filter(pk__in=pks):
        yield from _listed(person.path)
    for article in Article.objects.filter(bylines__person__in=pks, live=True):
        yield article.path
    yield EVERYTHING  # lists and feeds of every kind name whoever wrote


def _pictures(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        picture = Picture(pk=event.facts["picture"])
        yield from _where(picture, Q(lead_picture=picture))
        yield from _previews(picture.embeds.all())
        yield from _portraits(Person.objects.filter(portrait__picture=picture))
    if any(event.kind == "picture.changed" for event in events):
        yield from _histories()


def _deleted_pictures(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        yield from _of_those(Q(pk__in=event.facts["articles"]), event.facts["pages"])
        yield from _previews(Embed.objects.filter(pk__in=event.facts.get("embeds", ())))
        yield from _portraits(Person.objects.filter(pk__in=event.facts.get("people", ())))
    yield from _histories()


def _previews(embeds: Iterable[Embed]) -> Iterator[str]:
    for embed in embeds:
        yield from _where(embed)


def _portraits(people: Iterable[Person]) -> Iterator[str]:
    for person in people:
        yield from ("/by/", *_listed(person.path))


def _histories() -> Iterator[str]:
    """The earlier versions that somebody has read: any may have shown a picture, and nobody wrote down which."""
    root = store.root()
    for folder in root.glob("[0-9]*/[0-9]*/[0-9]*/*/history/"):
        yield f"/{folder.relative_to(root)}/"


def _embeds(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        yield from _where(Embed(pk=event.facts["embed"]))


def _where(thing: Model, also: Q | None = None) -> Iterator[str]:
    """The pages of what shows a thing in its body, and of articles that show it besides."""
    shows = Q(pk__in=_showing(thing, Article)) | (also or Q())
    yield from _of_those(shows, _showing(thing, StandingPage))


def _of_those(articles: Q, standing: Sequence[int]) -> Iterator[str]:
    for article in Article.objects.filter(articles, live=True).select_related("section"):
        yield from ("/", *syndication.feeds_of("/"))
        yield from _around(article)
    yield from StandingPage.objects.filter(pk__in=standing, live=True).values_list("path", flat=True)


def _showing(thing: Model, kind: type[Model]) -> list[int]:
    """The numbers of what shows a thing in its body; each kind has numbers of its own."""
    used = ReferenceIndex.get_references_to(thing)
    of_kind = used.filter(base_content_type=ContentType.objects.get_for_model(kind))
    return [int(pk) for pk in of_kind.values_list("object_id", flat=True)]


def _cards_drawn(events: Sequence[Event]) -> Iterator[str]:
    drawn = Article.objects.filter(pk__in=[event.facts["article"] for event in events], live=True)
    for article in drawn:
        yield article.path


def _arranged(events: Sequence[Event]) -> Iterator[str]:
    yield "/"


def _everything(events: Sequence[Event]) -> Iterator[str]:
    yield EVERYTHING


REFRESH: dict[str, Callable[[Sequence[Event]], Iterable[str]]] = {
    "article.published": _articles,
    "article.unpublished": _articles,
    "article.corrected": _corrected,
    "article.sealed": _sealed,
    "comment.published": discussed.comments_changed,
    "comment.edited": discussed.comments_changed,
    "comment.hidden": discussed.comments_changed,
    "comment.distinguished": discussed.comments_changed,
    "comment.titled": discussed.comments_changed,
    "comment.voiced": discussed.voiced,
    "conversation.ruled": discussed.comments_changed,
    "discussion.ruled": _ruled,
    "thread.ranked": discussed.ranked,
    "thread.asked": discussed.asked,
    "poll.voiced": discussed.polled,
    "poll.closed": discussed.polled,
    "profile.changed": profiled.changed,
    "profile.turned": profiled.turned,
    "reader.changed": profiled.changed,
    "reader.claimed": profiled.claimed,
    "standing_page.published": _standing_pages,
    "standing_page.unpublished": _standing_pages,
    "person.changed": _people,
    "picture.prepared": _pictures,
    "picture.changed": _pictures,
    "picture.deleted": _deleted_pictures,
    "embed.fetched": _embeds,
    "card.drawn": _cards_drawn,
    "section.changed": _everything,
    "tag.changed": _everything,
    "publication.changed": _everything,
    "arrangement.changed": _arranged,
}


@dataclass(frozen=True)
class Stale:
    """Addresses to print again: at once, when machines may come for them, when they may have filled up, and when the
    cards of lists are."""

    printed: set[str]
    fetched: set[str]
    unread: set[str]
    cards: set[str]


def read(events: Sequence[Event]) -> Stale:
    """Every address that the events made stale (what an event consumer reads)."""
    by_deed: dict[Callable[[Sequence[Event]], Iterable[str]], list[Event]] = defaultdict(list)
    for event in events:
        by_deed[REFRESH[event.kind]].append(event)
    comments, voiced = by_deed.pop(discussed.comments_changed, []), by_deed.pop(discussed.voiced, [])
    printed = {*_left(events)} | {path for deed, same in by_deed.items() for path in deed(same)}
    stale = Stale(printed, set(), set(), set())
    stale.cards.update(discussed.voiced(voiced))
    if comments:
        gone = any(event.kind == "comment.hidden" for event in comments)  # that no feed shows for long either
        for path in discussed.comments_changed(comments):
            known = addresses.BRANCH.fullmatch(path) or store.stands(path) or _stands_beneath(path)
            soon = stale.printed if gone or path.endswith(_READ) else stale.fetched
            (soon if known else stale.unread).add(path)
        stale.cards.update(discussed.cards(comments))
    return stale


def _stands_beneath(path: str) -> bool:
    """Whether a comment was printed alone, or with its replies, though its own page is not."""
    return bool(addresses.PERMALINK.fullmatch(path)) and store.stands_below(path)


def mark(stale: Stale) -> None:
    """Mark what is stale (an event consumer)."""
    mark_paths(stale.printed)
    mark_paths(stale.fetched - stale.printed, pause=FETCHED_PAUSE)
    mark_paths(stale.unread - stale.printed, after=UNREAD_PAUSE)
    mark_paths(stale.cards, after=CARD_PAUSE)


def mark_dated() -> None:
    """Mark what grows stale by itself: it says until when it holds."""
    mark_paths(["/.well-known/security.txt"])


def mark_news() -> None:
    """Mark the one list that articles leave by growing old."""
    mark_paths(["/news-sitemap.xml"])


def mark_paths(
    paths: Iterable[str], *, after: float = 0, pause: float = PAUSE, patient: bool = False
) -> None:
    """Mark addresses as stale, to be printed `after` so many seconds at the earliest, and `pause` after the last print.

    The latest marks go first, so what readers look at is marked last. `patient` marks, made of every page at once, go
    behind them: those are negative.
    """
    now, sign = time.time(), -1 if patient else 1
    greatest, least = ("MAX", "MIN") if connection.vendor == "sqlite" else ("GREATEST", "LEAST")
    with transaction.atomic(), connection.cursor() as cursor:  # one commit, not one for each row
        cursor.executemany(
            _MARK.format(greatest=greatest, least=least),
            [
                (path, now + after, sign * time.time_ns(), False, pause, pause)
                for path in sorted(set(paths), key=_haste)
            ],
        )


def _haste(path: str) -> tuple[int, str]:
    """What somebody may be looking at is printed before lists, and lists before what machines fetch now and then."""
    if (
        path == "/"
        or addresses.ROOT_OF_PAGES.fullmatch(path)
        or path.endswith(("/thread.json", "/comments/newest/"))
    ):
        return 2, path
    return int(path.endswith(_READ)), path

"""One table: event → addresses to print again. The marks are rows, so no crash loses one."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q
from wagtail.models import ReferenceIndex

from broadsheet.articles.models import Article, Picture, StandingPage
from broadsheet.discussion import reading
from broadsheet.discussion.models import Comment
from broadsheet.events.models import Event
from broadsheet.masthead.models import Person
from broadsheet.press import addresses

PAUSE = 1.0
"""Seconds between two prints of one page, however hot the thread."""
CARD_PAUSE = 20.0
"""Seconds that a page which only shows how lively a discussion is may lag behind."""

_FRONT = ("/", "/feed.xml", "/feed.atom", "/feed.json", "/sitemap.xml", "/archive/")

_MARK = """
INSERT INTO press_staleprint (path, due_at, printed_at, marked, at_rest) VALUES (%s, %s, 0, %s, %s)
ON CONFLICT (path) DO UPDATE SET
    due_at = {greatest}(press_staleprint.printed_at + %s,
        CASE WHEN press_staleprint.at_rest THEN excluded.due_at
             ELSE {least}(press_staleprint.due_at, excluded.due_at) END),
    marked = excluded.marked, at_rest = excluded.at_rest
"""


def _article(facts: dict[str, Any]) -> Iterator[str]:
    article = Article.objects.filter(pk=facts["article"]).select_related("section").first()
    yield from _FRONT
    if was := facts.get("was"):
        yield was
    if article is None or article.published_on is None:
        return
    yield from addresses.of_article(article)
    yield f"{article.path}c/"
    if article.section is not None:
        yield from _listed(article.section.path)
    for person in article.people:
        yield from _listed(person.path)
    for tag in article.tags.all():
        yield tag.path
    yield f"/archive/{article.published_on:%Y}/"
    yield f"/archive/{article.published_on:%Y}/{article.published_on:%m}/"


def _listed(path: str) -> Iterator[str]:
    yield path
    yield from (f"{path}feed.{kind}" for kind in ("xml", "atom", "json"))


def _comment(facts: dict[str, Any]) -> Iterator[str]:
    comment = Comment.objects.select_related("thread__article").filter(pk=facts["comment"]).first()
    if comment is None:
        return
    article, thread = comment.thread.article, comment.thread
    yield from (article.path, f"{article.path}thread.json", f"{article.path}comments/feed.xml")
    if not reading.shown_whole(thread):
        yield f"{article.path}comments/newest/"
        yield from _numbered(article, comment)
    if comment.visible:
        yield from (f"{article.path}c/{seq}/" for seq in comment.path_seqs)
    else:
        yield f"{article.path}c/"


def _numbered(article: Article, comment: Comment) -> Iterator[str]:
    root = Comment.objects.filter(thread=comment.thread_id, seq=comment.path_seqs[0]).first()
    if root is None or root.sib is None:
        return
    number = addresses.page_of_root(root.sib)
    yield from addresses.of_roots_page(article, number)
    if number > 1 and root == comment:
        yield from addresses.of_roots_page(article, number - 1)  # it has a page after it now


def _standing_page(facts: dict[str, Any]) -> Iterator[str]:
    yield from StandingPage.objects.filter(pk=facts["page"]).values_list("path", flat=True)
    yield from addresses.every()


def _person(facts: dict[str, Any]) -> Iterator[str]:
    for person in Person.objects.filter(pk=facts["id"]):
        yield from _listed(person.path)
    for article in Article.objects.filter(bylines__person=facts["id"], live=True):
        yield article.path


def _picture(facts: dict[str, Any]) -> Iterator[str]:
    for article in Article.objects.filter(live=True).filter(_shows_picture(facts["picture"])):
        yield article.path
        yield "/"
        if article.section is not None:
            yield article.section.path


def _shows_picture(picture: int) -> Q:
    used = ReferenceIndex.get_references_to(Picture(pk=picture)).values_list("object_id", flat=True)
    return Q(lead_picture=picture) | Q(pk__in=[int(pk) for pk in used])


def _everything(facts: dict[str, Any]) -> Iterator[str]:
    yield from addresses.every()


REFRESH: dict[str, Callable[[dict[str, Any]], Iterable[str]]] = {
    "article.published": _article,
    "article.unpublished": _article,
    "comment.published": _comment,
    "comment.hidden": _comment,
    "comment.edited": _comment,
    "standing_page.published": _standing_page,
    "standing_page.unpublished": _standing_page,
    "person.changed": _person,
    "picture.prepared": _picture,
    "section.changed": _everything,
    "tag.changed": _everything,
    "publication.changed": _everything,
}


def mark(events: Sequence[Event]) -> None:
    """Mark every address that the events made stale (an event consumer)."""
    paths = {path for event in events for path in REFRESH[event.kind](event.facts)}
    mark_paths(paths)
    if any(event.kind.startswith("comment.") for event in events):
        mark_paths({"/", "/comments/", "/comments/feed.xml", *_sections(events)}, after=CARD_PAUSE)


def _sections(events: Sequence[Event]) -> set[str]:
    threads = {event.facts["thread"] for event in events if event.kind.startswith("comment.")}
    articles = Article.objects.filter(thread__in=threads, section__isnull=False).select_related("section")
    return {article.section.path for article in articles if article.section is not None}


def mark_paths(paths: Iterable[str], *, after: float = 0) -> None:
    """Mark addresses as stale, to be printed `after` so many seconds at the earliest."""
    now = time.time()
    greatest, least = ("MAX", "MIN") if connection.vendor == "sqlite" else ("GREATEST", "LEAST")
    with connection.cursor() as cursor:
        cursor.executemany(
            _MARK.format(greatest=greatest, least=least),
            [(path, now + after, time.time_ns(), False, PAUSE) for path in sorted(set(paths))],
        )

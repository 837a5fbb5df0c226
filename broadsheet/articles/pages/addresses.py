"""The sitemap: one file while it is small, an index and numbered parts beyond the protocol's limit."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.template.loader import render_to_string

from broadsheet.articles.models import Article, Section, StandingPage
from broadsheet.articles.site import absolute
from broadsheet.kit.pages import NotThere, Page
from broadsheet.masthead.models import Person

_PART = 40_000  # sitemaps.org allows 50,000 addresses in one file
_Entry = tuple[str, datetime | None]


def sitemap(number: int | str = 0) -> Page:
    """`/sitemap.xml`: every page, or where its parts `/sitemap-N.xml` are."""
    if number := int(number):
        return _part(number)
    articles = _live().count()
    if articles <= _PART:
        return _urlset([*_lists(), *_articles(_live())])
    parts = range(1, -(-articles // _PART) + 1)
    addresses = [absolute(f"/sitemap-{part}.xml") for part in parts]
    return _xml("articles/machines/sitemap_index.xml", {"addresses": addresses})


def _part(number: int) -> Page:
    """Articles oldest first, so that full parts stay as they are; lists are in the first."""
    entries = list(_articles(_live()[_PART * (number - 1) : _PART * number]))
    if not entries:
        raise NotThere(f"/sitemap-{number}.xml")
    return _urlset([*_lists(), *entries] if number == 1 else entries)


def _live() -> QuerySet[Article]:
    articles: QuerySet[Article] = Article.objects.filter(live=True).order_by("published_at", "pk")
    return articles.only("slug", "published_on", "published_at", "updated_at")


def _articles(articles: Iterable[Article]) -> Iterator[_Entry]:
    for article in articles:
        yield article.path, article.updated_at or article.published_at


def _lists() -> Iterator[_Entry]:
    yield "/", None
    yield "/archive/", None
    for page in StandingPage.objects.filter(live=True).order_by("path"):
        yield page.path, page.updated_at
    for section in Section.objects.filter(articles__live=True).distinct().order_by("slug"):
        yield section.path, None
    for person in Person.objects.filter(bylines__article__live=True).distinct().order_by("slug"):
        yield person.path, None


def _urlset(entries: Iterable[_Entry]) -> Page:
    return _xml("articles/machines/sitemap.xml", {"entries": [(absolute(path), at) for path, at in entries]})


def _xml(template: str, context: dict[str, object]) -> Page:
    return Page(
        content=render_to_string(template, context).encode(), content_type="application/xml; charset=utf-8"
    )

"""The sitemap: one file while it is small, an index and numbered parts beyond the protocol's limit."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.html import escape

from broadsheet.articles import translations
from broadsheet.articles.models import Article, Section, StandingPage
from broadsheet.articles.site import absolute
from broadsheet.kit.pages import NotThere, Page
from broadsheet.masthead.models import Person

_PART = 40_000  # sitemaps.org allows 50,000 addresses in one file
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_Entry = tuple[str, datetime | None]


def sitemap(number: int | str = 0) -> Page:
    """`/sitemap.xml`: every page, or where its parts `/sitemap-N.xml` are."""
    if number := int(number):
        return _part(number)
    articles = _live().count()
    if articles <= _PART:
        return _urlset([*_lists(), *_articles(_live())])
    parts = range(1, -(-articles // _PART) + 1)
    return _xml("sitemapindex", "sitemap", [(f"/sitemap-{part}.xml", None) for part in parts])


def _part(number: int) -> Page:
    """Articles oldest first, so that full parts stay as they are; lists are in the first."""
    entries = list(_articles(_live()[_PART * (number - 1) : _PART * number]))
    if not entries:
        raise NotThere(f"/sitemap-{number}.xml")
    return _urlset([*_lists(), *entries] if number == 1 else entries)


def _live() -> QuerySet[Article]:
    articles: QuerySet[Article] = Article.objects.filter(live=True).order_by("published_at", "pk")
    return articles


def _articles(articles: QuerySet[Article]) -> Iterator[_Entry]:
    for on, slug, published_at, updated_at in articles.values_list(
        "published_on", "slug", "published_at", "updated_at"
    ):
        yield Article.path_of(on, slug), updated_at or published_at


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
    return _xml("urlset", "url", entries, _alternates())


def _alternates() -> dict[str, str]:
    """What stands in the entry of an article that is there in several languages, by its path.

    https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap
    """
    link = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'
    return {
        path: "".join(link.format(each.language, escape(each.url)) for each in group)
        for path, group in translations.of_all().items()
    }


def _xml(kind: str, member: str, entries: Iterable[_Entry], alternates: dict[str, str] | None = None) -> Page:
    """Written by hand, for a template takes seconds over forty thousand addresses."""
    links = alternates or {}
    members = "\n".join(
        f"<{member}><loc>{escape(absolute(path))}</loc>{_lastmod(at)}{links.get(path, '')}</{member}>"
        for path, at in entries
    )
    named = f'xmlns="{_NAMESPACE}"' + (f' xmlns:xhtml="{_XHTML}"' if links else "")
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} {named}>\n{members}\n</{kind}>\n'
    return Page(content=content.encode(), content_type="application/xml; charset=utf-8")


def _lastmod(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat()}</lastmod>" if at else ""

"""Every public address, and what it is made of."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from broadsheet.accounts import keeping
from broadsheet.accounts import pages as account_pages
from broadsheet.articles import correction_feeds, syndication
from broadsheet.articles import feeds as article_feeds
from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article, Section, StandingPage, Tag
from broadsheet.articles.reserved import ARTICLE
from broadsheet.discussion import asked_pages, embedding, live, openapi, pictured, reading
from broadsheet.discussion import feeds as discussion_feeds
from broadsheet.discussion import pages as discussion_pages
from broadsheet.discussion.models import Order, Pick
from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Person
from broadsheet.notices import keeping as followed
from broadsheet.press import store
from broadsheet.readers.models import Profile

_NUMBER = r"(?P<number>[1-9]\d{0,6})"
_SEQ = r"c/(?P<seq>[1-9]\d{0,8})/"
_AFTER = r"(?:after/(?P<after>[1-9]\d{0,8})/)?"
_KEY = r"(?P<key>[a-z0-9]{10})"
_SLUG = r"(?P<slug>[^/]+)"
_FORMAT = "(?P<format>xml|atom|json)"


BRANCH = re.compile(
    ARTICLE + r"(?:c|passages|polls|questions|comments/(?:oldest|newest|best/v\d+))/"
    r"|/readers/[^/]+/(?:before|pictures)/"
    r"|/(?:section|tag|by)/[^/]+/page/|/(?:corrections|comments|comments/picks)/page/",
    re.ASCII,
)
"""Beneath these stand pages that are only ever printed when asked for, or that go together."""
PERMALINK = re.compile(ARTICLE + _SEQ, re.ASCII)
"""A comment's own page: what shows it alone, or its replies, stands beneath and goes with it."""
ROOT_OF_PAGES = re.compile(ARTICLE, re.ASCII)
"""An article: what stands beneath it goes with it."""


def _kept() -> Page:
    return keeping.page(also=followed.KEPT)


@dataclass(frozen=True)
class Address:
    pattern: re.Pattern[str]
    make: Callable[..., Page]
    evictable: bool = False
    """One of very many, cheap to print again: it makes room when the budget of the disk is spent."""


def _address(pattern: str, make: Callable[..., Page], *, evictable: bool = False) -> Address:
    return Address(re.compile(pattern, re.ASCII), make, evictable)  # no other digits: one page, one address


ADDRESSES = [
    _address(r"/", article_pages.front_page),
    _address(ARTICLE, discussion_pages.article),
    _address(ARTICLE + rf"comments/oldest/{_NUMBER}/", discussion_pages.oldest),
    _address(ARTICLE + rf"comments/newest/(?:{_NUMBER}/)?", discussion_pages.newest),
    _address(ARTICLE + r"comments/best/", discussion_pages.best),
    _address(
        ARTICLE + rf"comments/best/v(?P<version>[1-9]\d{{0,6}})/{_NUMBER}/",
        discussion_pages.best,
        evictable=True,
    ),
    _address(ARTICLE + r"comments/picks/", discussion_pages.picks_of),
    _address(ARTICLE + rf"comments/feed\.{_FORMAT}", discussion_feeds.of_thread),
    _address(ARTICLE + r"comments/recent\.json", live.recent),
    _address(ARTICLE + r"thread\.json", live.thread),
    _address(ARTICLE + r"index\.md", article_pages.markdown_twin),
    _address(ARTICLE + _SEQ, discussion_pages.permalink, evictable=True),
    _address(ARTICLE + _SEQ + rf"replies/{_NUMBER}/", discussion_pages.branch, evictable=True),
    _address(ARTICLE + _SEQ + "embed/", embedding.page, evictable=True),
    _address(ARTICLE + rf"passages/{_NUMBER}/{_AFTER}", asked_pages.passage, evictable=True),
    _address(ARTICLE + rf"questions/waiting/{_AFTER}", asked_pages.waiting, evictable=True),
    _address(ARTICLE + rf"questions/answered/{_AFTER}", asked_pages.answered, evictable=True),
    _address(ARTICLE + rf"polls/{_NUMBER}/", asked_pages.poll, evictable=True),
    _address(
        ARTICLE + _SEQ + r"pictures/(?P<key>[\w-]{22})-(?P<width>480|1280)\.webp",
        pictured.page,
        evictable=True,
    ),
    _address(ARTICLE + r"c/(?P<anchor>comment-\d{1,19})/", discussion_pages.imported_anchor),
    _address(ARTICLE + r"history/", article_pages.history, evictable=True),
    _address(ARTICLE + rf"history/{_NUMBER}/", article_pages.difference, evictable=True),
    _address(ARTICLE + rf"history/{_NUMBER}/text/", article_pages.version_text, evictable=True),
    _address(rf"/corrections/(?:page/{_NUMBER}/)?", article_pages.corrections),
    _address(rf"/corrections/feed\.{_FORMAT}", correction_feeds.feed),
    _address(r"/comments/", discussion_pages.newest_everywhere),
    _address(rf"/comments/page/{_NUMBER}/", discussion_pages.newest_everywhere, evictable=True),
    _address(rf"/comments/feed\.{_FORMAT}", discussion_feeds.of_everything),
    _address(r"/comments/picks/", discussion_pages.picks),
    _address(rf"/comments/picks/page/{_NUMBER}/", discussion_pages.picks, evictable=True),
    _address(rf"/comments/picks/feed\.{_FORMAT}", discussion_feeds.of_picks),
    _address(rf"/section/{_SLUG}/(?:page/{_NUMBER}/)?", article_pages.section),
    _address(rf"/tag/{_SLUG}/(?:page/{_NUMBER}/)?", article_pages.tag),
    _address(rf"/readers/{_KEY}/", account_pages.profile),
    _address(rf"/readers/{_KEY}/before/(?P<before>[1-9]\d{{0,17}})/", account_pages.profile, evictable=True),
    _address(rf"/readers/{_KEY}/pictures/(?P<name>[0-9a-f]{{32}})\.webp", account_pages.picture),
    _address(rf"/readers/{_KEY}/feed\.{_FORMAT}", account_pages.feed),
    _address(r"/by/", article_pages.people),
    _address(rf"/by/{_SLUG}/(?:page/{_NUMBER}/)?", article_pages.byline),
    _address(rf"/section/{_SLUG}/feed\.{_FORMAT}", article_feeds.section_feed),
    _address(rf"/by/{_SLUG}/feed\.{_FORMAT}", article_feeds.byline_feed),
    _address(r"/archive/", article_pages.archive),
    _address(r"/archive/(?P<year>\d{4})/", article_pages.archive_year),
    _address(r"/archive/(?P<year>\d{4})/(?P<month>\d{2})/", article_pages.archive_month),
    _address(r"/api/openapi\.json", openapi.page),
    _address(r"/feed\.xml", article_feeds.feed_rss),
    _address(r"/feed\.atom", article_feeds.feed_atom),
    _address(r"/feed\.json", article_feeds.feed_json),
    _address(rf"/sitemap(?:-{_NUMBER})?\.xml", article_pages.sitemap),
    _address(r"/news-sitemap\.xml", article_pages.news_sitemap),
    _address(r"/privacy-of-readers/", _kept),
    _address(r"/robots\.txt", article_pages.robots),
    _address(r"/humans\.txt", article_pages.humans_txt),
    _address(r"/(?P<key>[A-Za-z0-9-]{8,128})\.txt", article_pages.indexnow_key),
    _address(r"/manifest\.webmanifest", article_pages.manifest),
    _address(r"/accent\.css", article_pages.accent_css),
    _address(r"/\.well-known/security\.txt", article_pages.security_txt),
    _address(r"(?P<path>/.+/)", article_pages.standing_page),
]


def find(path: str) -> tuple[Address, dict[str, str]] | None:
    """The address that answers for a path, with what the path says; None where no public page can stand there."""
    for address in ADDRESSES:
        if match := address.pattern.fullmatch(path):
            return address, {name: value for name, value in match.groupdict().items() if value is not None}
    return None


def every() -> Iterator[str]:
    """The path of every page that is kept (those that may be evicted are printed when asked for)."""
    yield from ("/", *syndication.feeds_of("/"), "/archive/")
    yield from ("/comments/", *syndication.feeds_of("/comments/"))
    yield from ("/comments/picks/", *syndication.feeds_of("/comments/picks/"))
    yield "/privacy-of-readers/"
    for profile in Profile.objects.filter(shown_at__isnull=False, reader__is_active=True):
        yield from (profile.path, *syndication.feeds_of(profile.path))
    yield from (
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/robots.txt",
        "/humans.txt",
        "/manifest.webmanifest",
        openapi.PATH,
        "/accent.css",
        "/.well-known/security.txt",
    )
    yield from ("/by/", "/corrections/", *syndication.feeds_of("/corrections/"))
    yield from sitemap_parts()
    for section in Section.objects.filter(articles__live=True).distinct():
        yield from (section.path, *syndication.feeds_of(section.path))
    for person in Person.objects.filter(bylines__article__live=True).distinct():
        yield from (person.path, *syndication.feeds_of(person.path))
    for tag in Tag.objects.filter(tagged__content_object__live=True).distinct():
        yield tag.path
    yield from StandingPage.objects.filter(live=True).values_list("path", flat=True)
    for month in Article.objects.filter(live=True).dates("published_on", "month"):
        yield f"/archive/{month:%Y}/{month:%m}/"
    for year in Article.objects.filter(live=True).dates("published_on", "year"):
        yield f"/archive/{year:%Y}/"
    for article in Article.objects.filter(live=True).order_by("pk").iterator(chunk_size=200):
        yield from of_article(article)


def sitemap_parts() -> Iterator[str]:
    """The parts of a long sitemap that somebody has read; any other is printed when it is asked for."""
    yield from (f"/{file.name}" for file in store.root().glob("sitemap-*.xml"))


def of_article(article: Article) -> Iterator[str]:
    """The pages that are kept of one article and its thread."""
    thread = reading.thread_of(article)
    yield article.path
    yield f"{article.path}index.md"
    yield f"{article.path}thread.json"
    yield from syndication.feeds_of(f"{article.path}comments/")
    if thread.order_version:
        yield f"{article.path}comments/best/"
    if Pick.objects.filter(thread__article=article).exists():
        yield f"{article.path}comments/picks/"
    if not reading.shown_whole(thread):
        yield f"{article.path}comments/newest/"
        yield f"{article.path}comments/recent.json"
        for number in range(1, reading.last_page(thread) + 1):
            yield from of_roots_page(article, number)


def of_orders(article: Article) -> Iterator[str]:
    """What the pages cut from the orders of its thread stand beneath."""
    versions = Order.objects.filter(thread__article=article).values_list("version", flat=True)
    yield from (f"{article.path}comments/best/v{version}/" for version in versions)


def asked_beneath(article: Article) -> Iterator[str]:
    """What the pages of its passages, of its questions and of its polls stand beneath."""
    yield from (f"{article.path}{noun}/" for noun in ("passages", "questions", "polls"))


def of_roots_page(article: Article, number: int) -> Iterator[str]:
    """Both orders of one numbered page."""
    yield f"{article.path}comments/oldest/{number}/"
    yield f"{article.path}comments/newest/{number}/"

"""The news sitemap: what appeared in the last two days, with its headline and moment.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.html import escape

from broadsheet.articles import listing
from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.kit.pages import Page
from broadsheet.kit.text import clean
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication

_NEWS = timedelta(days=2)
_MOST = 1000
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
"""


def news_sitemap() -> Page:
    """`/news-sitemap.xml`; it may be empty."""
    fresh = listing.newest().filter(published_at__gt=timezone.now() - _NEWS)[:_MOST]
    name = escape(clean(Publication.current().name))
    entries = "".join(_entry(article, name) for article in fresh)
    return Page(
        content=f"{_HEAD}{entries}</urlset>\n".encode(), content_type="application/xml; charset=utf-8"
    )


def _entry(article: Article, name: str) -> str:
    assert article.published_at  # noqa: S101 - those without are not asked for
    return (
        f"<url><loc>{escape(absolute(article.path))}</loc><news:news>"
        f"<news:publication><news:name>{name}</news:name>"
        f"<news:language>{_language()}</news:language></news:publication>"
        f"<news:publication_date>{article.published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(clean(article.headline))}</news:title></news:news></url>\n"
    )


def _language() -> str:
    """Two or three letters (ISO 639), but for Chinese, which comes in two scripts."""
    language = speaking.publication_language().lower()
    if language.startswith("zh"):
        return "zh-tw" if language in ("zh-hant", "zh-tw", "zh-hk") else "zh-cn"
    return language.partition("-")[0]

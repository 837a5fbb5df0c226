"""Every public page that is not a discussion, as plain functions: each returns a Page, or raises NotThere or Gone.
What an address says may come as text; feeds stand in `articles/feeds.py`.

The press calls them by these names; no request is known here.
"""

from broadsheet.articles.pages.addresses import sitemap
from broadsheet.articles.pages.article import article_context, find_article
from broadsheet.articles.pages.by_date import archive, archive_month, archive_paths, archive_year
from broadsheet.articles.pages.corrections import corrections
from broadsheet.articles.pages.errors import gone, not_found
from broadsheet.articles.pages.front import front_page, preview_of_arrangement
from broadsheet.articles.pages.history import difference, history, version_text
from broadsheet.articles.pages.lists import byline, section, tag
from broadsheet.articles.pages.machines import (
    accent_css,
    humans_txt,
    indexnow_key,
    manifest,
    robots,
    security_txt,
)
from broadsheet.articles.pages.news import news_sitemap
from broadsheet.articles.pages.people import people
from broadsheet.articles.pages.standing import standing_context, standing_page
from broadsheet.articles.pages.twin import markdown_twin

__all__ = [
    "accent_css",
    "archive",
    "archive_month",
    "archive_paths",
    "archive_year",
    "article_context",
    "byline",
    "corrections",
    "difference",
    "find_article",
    "front_page",
    "gone",
    "history",
    "humans_txt",
    "indexnow_key",
    "manifest",
    "markdown_twin",
    "news_sitemap",
    "not_found",
    "people",
    "preview_of_arrangement",
    "robots",
    "section",
    "security_txt",
    "sitemap",
    "standing_context",
    "standing_page",
    "tag",
    "version_text",
]

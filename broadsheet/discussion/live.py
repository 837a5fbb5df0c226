"""Small prints of a thread for scripts: the few numbers that open tabs poll, and where the latest changes stand."""

import json
from typing import Any

from broadsheet.articles import pages as article_pages
from broadsheet.discussion import api, reading
from broadsheet.kit.pages import NotThere, Page


def thread(year: str, month: str, day: str, slug: str) -> Page:
    found = article_pages.find_article(year, month, day, slug)
    numbers = api.live(reading.thread_of(found))
    return _json(numbers)


def recent(year: str, month: str, day: str, slug: str) -> Page:
    """Where the latest changes of a long thread stand, so that a browser finds what it has not shown yet."""
    found = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(found)
    if reading.shown_whole(thread):
        raise NotThere
    return _json(reading.recent(thread))


def _json(numbers: dict[str, Any]) -> Page:
    return Page(content=json.dumps(numbers).encode(), content_type="application/json")

"""The live print of a thread: the few numbers that open tabs poll."""

import json

from broadsheet.articles import pages as article_pages
from broadsheet.discussion import api, reading
from broadsheet.kit.pages import Page


def thread(year: str, month: str, day: str, slug: str) -> Page:
    found = article_pages.find_article(year, month, day, slug)
    numbers = api.live(reading.thread_of(found))
    return Page(content=json.dumps(numbers).encode(), content_type="application/json")

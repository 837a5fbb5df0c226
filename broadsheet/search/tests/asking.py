"""Ask the search page as a reader does, and read what it says."""

import re
from html import unescape

from django.test import Client

from broadsheet.articles.tests.making import paragraph
from broadsheet.discussion.tests.cast import make_article
from broadsheet.events.handing import hand_events
from broadsheet.search import indexing
from broadsheet.wiring.consumers import CONSUMERS


def settle():
    """The worker does all of its work but printing."""
    while hand_events(CONSUMERS) + indexing.index_due():
        pass


class Answer:
    def __init__(self, response):
        self.response, self.status, self.html = response, response.status_code, response.content.decode()

    @property
    def titles(self):
        """What was found, in order."""
        return [text(title) for title in re.findall(r"<h3><a [^>]*>(.*?)</a>", self.html, re.S)]

    @property
    def excerpts(self):
        return re.findall(r'<p class="excerpt"[^>]*>(.*?)</p>', self.html, re.S)

    @property
    def paths(self):
        return re.findall(r'<h3><a href="([^"]*)"', self.html)

    @property
    def problem(self):
        found = re.search(r'role="alert">(.*?)</div>', self.html, re.S)
        return text(found[1]) if found else ""

    @property
    def count(self):
        found = re.search(r'<h2 id="found"[^>]*>(.*?)</h2>', self.html)
        return text(found[1]) if found else ""


def text(html):
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def ask(q, address="192.0.2.1", **fields):
    return Answer(Client(REMOTE_ADDR=address).get("/search/", {"q": q, **fields}))


def published(headline, text="The tide came late.", **fields):
    """An article that is published and indexed."""
    body = [paragraph(text)]
    article = make_article(headline, body=body, **fields)
    article.save_revision().publish()
    settle()
    return article

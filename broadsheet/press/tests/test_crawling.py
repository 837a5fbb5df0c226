"""Whoever follows every link from the front page finds only pages that are there and well made."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from defusedxml import ElementTree
from django.conf import settings

from broadsheet.discussion.tests.cast import fill
from broadsheet.press import addresses

pytestmark = pytest.mark.django_db(databases="__all__")

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ENDED_BY_ITSELF = {"li", "p", "html", "head", "body"}


class Structure(HTMLParser):
    """Elements that close what they opened, ids there once, links, and nothing that runs or loads from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.problems, self.headings = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag == "link" and found.get("rel") in {"alternate", "manifest"}:
            self.links.append(found["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if (
            "style" in found
            or any(name.startswith("on") for name in found)
            or tag in {"style", "iframe", "object"}
        ):
            self.problems.append(f"<{tag}> with what the policy forbids")
        for name in ("src", "srcset", "action"):
            if found.get(name, "/").startswith(("http", "//")):
                self.problems.append(f"{name} to {found[name]}")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> in {self.open[-3:]}")
        else:
            self.open.pop()


def structure_of(html):
    structure = Structure()
    structure.feed(html)
    structure.close()
    structure.problems += [f"<{tag}> is never closed" for tag in structure.open if tag not in ENDED_BY_ITSELF]
    structure.problems += [f"id {name} twice" for name in set(structure.ids) if structure.ids.count(name) > 1]
    if structure.headings.count("h1") != 1 and "<body" in html:
        structure.problems.append(f"{structure.headings.count('h1')} h1")
    return structure


NOT_CRAWLED = re.compile(r"^/oembed$|/c/\d+/transcript")
"""Asked with a query, and asked by one network only so often."""


def crawl(ask):
    """Every public page that can be reached from the front page and the newest comments: {path: answer}."""
    found, waiting = {}, ["/", "/comments/"]
    while waiting:
        path = waiting.pop()
        answer = ask(path)
        for _ in range(3):
            if answer.status not in (301, 302):
                break
            answer = ask(urlsplit(urljoin(path, answer.headers["Location"])).path)
        found[path] = answer
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            for link in structure_of(answer.body.decode()).links:
                parts = urlsplit(urljoin(settings.URL + path, link))
                ours = f"{parts.scheme}://{parts.netloc}" == settings.URL
                if ours and parts.path not in found and not NOT_CRAWLED.search(parts.path):
                    waiting.append(parts.path)
    return found


@pytest.fixture
def found(paper, ask):
    fill(paper.thread, 101)
    paper.look()
    return crawl(ask)


def test_every_page_that_can_be_reached_is_there_and_well_made(paper, found):
    assert {path: answer.status for path, answer in found.items() if answer.status != 200} == {}
    for path in (
        paper.article.path,
        "/section/coast/page/2/",
        f"{paper.article.path}comments/newest/",
        "/about/",
    ):
        assert path in found
    assert len(found) > 150
    problems = {}
    for path, answer in found.items():
        kind = answer.headers["Content-Type"].partition(";")[0]
        if kind == "text/html":
            if wrong := structure_of(answer.body.decode()).problems:
                problems[path] = wrong
        elif kind.endswith("json"):
            json.loads(answer.body)
        elif kind.endswith("xml"):
            ElementTree.fromstring(answer.body)
    assert problems == {}
    kept = {
        path
        for path in addresses.every()
        if not path.startswith(
            ("/.well-known", "/api/", "/robots", "/accent", "/sitemap", "/news-sitemap", "/humans")
        )
    }
    unreached = {
        path
        for path in kept - set(found)
        if not path.endswith(("thread.json", "recent.json", "feed.atom", "feed.json"))
    }
    assert {path for path in unreached if "/comments/feed.xml" not in path} == set()


def test_the_map_of_the_site_names_pages_that_are_there(paper, ask):
    places = [
        urlsplit(place).path for place in re.findall("<loc>([^<]*)</loc>", ask("/sitemap.xml").body.decode())
    ]
    assert {"/", paper.article.path, "/about/", "/section/harbour/"} <= set(places)
    assert [path for path in places if ask(path).status != 200] == []

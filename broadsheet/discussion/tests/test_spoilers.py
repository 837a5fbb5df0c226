"""A spoiler is told to nobody who has not asked: neither to eyes, nor by a screen reader, nor by a feed."""

import re
from html import unescape

import pytest
from django.test import Client

from broadsheet.discussion import spoilers
from broadsheet.discussion.tests.cast import posted
from broadsheet.kit import markdown

pytestmark = pytest.mark.django_db(databases="__all__")

BOX = re.compile(
    r'<label class="spoiler"><input type="checkbox"[^>]* aria-label="[^"]+"><span>(.*?)</span></label>'
)


def test_each_spoiler_of_a_page_lies_behind_a_box_of_its_own(article):
    comment = posted(article, "First ||the *ferry* sinks||, then ||the tug||.\n\nNobody || knows.")
    paths = [
        article.path,
        f"{article.path}c/{comment.seq}/",
        f"{article.path}transcript.html",
        "/comments/",
    ]
    for path in paths:
        page = Client().get(path).content.decode()
        assert BOX.findall(page) == ["the <em>ferry</em> sinks", "the tug"], path
        assert 'class="spoiler" tabindex' not in page and page.count("the tug") == 1, path
        assert "Nobody || knows." in page, path


def test_words_without_spoilers_stay_as_they_are():
    html = markdown.render("a || b and `||c||`")
    assert spoilers.covered(html) == spoilers.linked(html, "/") == html


def test_a_feed_leads_to_a_spoiler_and_does_not_tell_it(article):
    comment = posted(article, "In the end ||the ferry sinks||.")
    feed = Client().get(f"{article.path}comments/feed.xml").content.decode()
    assert "<title>alice: In the end ….</title>" in feed and "the ferry sinks" not in feed
    link = re.search('<a href="([^"]*)">Show the spoiler</a>', unescape(feed))
    assert link and link[1].endswith(f"{article.path}c/{comment.seq}/")


def test_a_machine_that_reads_the_page_is_not_told_a_spoiler(article):
    posted(article, "In the end ||the ferry sinks||.")
    page = Client().get(article.path).content.decode()
    assert page.count("the ferry sinks") == 1, "in the comment itself"


def test_the_open_api_gives_the_words_as_they_are_kept(article):
    comment = posted(article, "In the end ||the ferry sinks||.")
    told = Client().get(f"{article.path}comments.json").json()["comments"]
    assert [each["html"] for each in told] == [comment.html]

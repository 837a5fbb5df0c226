"""Feeds of comments: whole, well formed, and harmless whatever was said."""

import json
from datetime import timedelta

import pytest
from defusedxml import ElementTree

from broadsheet.discussion import deciding
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import fill, make_article, page, posted, write

pytestmark = pytest.mark.django_db(databases="__all__")

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]> </description></item><script>alert(1)</script> & < > \"' &nbsp; \ufffe **bold**"


def items(path):
    return ElementTree.fromstring(page(path).encode()).findall("channel/item")


def texts(path, element):
    return [item.findtext(element) for item in items(path)]


def addresses(place):
    """The comments that each of the three formats of a feed leads to."""
    atom = ElementTree.fromstring(page(f"{place}feed.atom").encode()).findall(f"{ATOM}entry/{ATOM}link")
    told = json.loads(page(f"{place}feed.json"))
    return (
        texts(f"{place}feed.xml", "link"),
        [link.get("href") for link in atom],
        [each["url"] for each in told["items"]],
    )


def test_the_feed_of_a_thread_has_its_newest_comments_first(article, thread):
    fill(thread, 40)
    newest = [f"http://127.0.0.1:8000{article.path}c/{seq}/" for seq in range(40, 10, -1)]
    assert addresses(f"{article.path}comments/") == (newest, newest, newest)


def test_every_format_says_the_same_of_a_comment(article, thread):
    comment = write(thread, "It came at *noon*.", name="alice")
    Comment.objects.filter(pk=comment.pk).update(edited_at=comment.posted_at + timedelta(minutes=1))
    told = json.loads(page(f"{article.path}comments/feed.json"))
    assert told["feed_url"].endswith(f"{article.path}comments/feed.json")
    assert told["home_page_url"].endswith(f"{article.path}#discussion")
    item = told["items"][0]
    assert (item["content_html"], item["authors"]) == (comment.html, [{"name": "alice"}])
    assert item["date_modified"] > item["date_published"]
    atom = ElementTree.fromstring(page(f"{article.path}comments/feed.atom").encode())
    assert atom.findtext(f"{ATOM}entry/{ATOM}content") == comment.html
    assert atom.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == "alice"
    assert atom.findtext(f"{ATOM}entry/{ATOM}updated") > atom.findtext(f"{ATOM}entry/{ATOM}published")


def test_the_pages_name_every_format(article, thread):
    for path, place in ((article.path, f"{article.path}comments/"), ("/comments/", "/comments/")):
        assert all(f'href="{place}feed.{kind}"' in page(path) for kind in ("xml", "atom", "json"))


def test_the_feed_of_an_article_without_comments_is_a_feed(article):
    assert items(f"{article.path}comments/feed.xml") == []


def test_the_feed_of_the_publication_has_the_comments_of_all_articles(article, thread):
    write(thread)
    assert [len(each) for each in addresses("/comments/")] == [2, 2, 2]
    assert page("/comments/").count('<article class="comment"') == 2


def test_what_is_hostile_in_a_comment_is_text_in_the_feed(article):
    comment = posted(article, HOSTILE, "</title><b>&mallory")
    for path in (f"{article.path}comments/feed.xml", "/comments/feed.xml"):
        assert comment.html in texts(path, "{http://purl.org/rss/1.0/modules/content/}encoded")
        assert any(title.startswith("</title><b>&mallory: ") for title in texts(path, "title"))
        assert "<script>" not in page(path)


def test_a_control_character_breaks_no_feed(article, thread):
    comment = write(thread, name="bell\x07")
    type(comment).objects.filter(pk=comment.pk).update(html="<p>A\x0bword</p>")
    type(article).objects.filter(pk=article.pk).update(headline="The tide\x08 is late")
    feed = ElementTree.fromstring(page(f"{article.path}comments/feed.xml").encode())
    assert feed.findtext("channel/title") == "Comments on The tide is late"
    assert texts("/comments/feed.xml", "title")[0].startswith("bell: ")


def test_removed_and_held_comments_and_those_of_withdrawn_articles_are_in_no_feed(article, thread, carol):
    removed, _ = write(thread, "One"), posted(article, "https://example.org/two")
    deciding.remove(removed, by=carol)
    withdrawn = make_article("Withdrawn")
    posted(withdrawn, "Three")
    withdrawn.live = False
    withdrawn.save()
    assert items(f"{article.path}comments/feed.xml") == []
    assert len(items("/comments/feed.xml")) == 1
    assert "Three" not in page("/comments/")

"""Feeds of comments: whole, well formed, and harmless whatever was said."""

import pytest
from defusedxml import ElementTree

from broadsheet.discussion import deciding
from broadsheet.discussion.tests.cast import fill, make_article, page, posted, write

pytestmark = pytest.mark.django_db(databases="__all__")

HOSTILE = "]]> </description></item><script>alert(1)</script> & < > \"' &nbsp; \ufffe **bold**"


def items(path):
    return ElementTree.fromstring(page(path).encode()).findall("channel/item")


def texts(path, element):
    return [item.findtext(element) for item in items(path)]


def test_the_feed_of_a_thread_has_its_newest_comments_first(article, thread):
    fill(thread, 40)
    links = texts(f"{article.path}comments/feed.xml", "link")
    assert links == [f"http://127.0.0.1:8000{article.path}c/{seq}/" for seq in range(40, 10, -1)]


def test_the_feed_of_an_article_without_comments_is_a_feed(article):
    assert items(f"{article.path}comments/feed.xml") == []


def test_the_feed_of_the_publication_has_the_comments_of_all_articles(article, thread):
    write(thread)
    assert len(items("/comments/feed.xml")) == 2
    assert page("/comments/").count('<article class="comment"') == 2


def test_what_is_hostile_in_a_comment_is_text_in_the_feed(article):
    comment = posted(article, HOSTILE, "</title><b>&mallory")
    for path in (f"{article.path}comments/feed.xml", "/comments/feed.xml"):
        assert comment.html in texts(path, "description")
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

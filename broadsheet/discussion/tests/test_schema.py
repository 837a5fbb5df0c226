"""What an article's structured data say of its discussion: how long it is, and a little of it."""

import gzip
import json
import re

import pytest

from broadsheet.discussion.counting import recount
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import page, write

pytestmark = pytest.mark.django_db(databases="__all__")


def script_of(article):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(article.path), re.S)
    assert found
    return found[1]


def told(article):
    return json.loads(script_of(article))["@graph"][0]


def test_an_article_tells_of_its_discussion_and_of_its_first_comments(article, thread):
    root = write(thread, "It came at *noon*.", name="alice")
    write(thread, "No, at one.", name="bob", parent=root)
    recount(thread)
    data = told(article)
    assert data["commentCount"] == 2
    assert data["discussionUrl"] == f"http://127.0.0.1:8000{article.path}#discussion"
    assert data["comment"] == [
        {
            "@type": "Comment",
            "url": f"http://127.0.0.1:8000{article.path}c/1/",
            "author": {"@type": "Person", "name": "alice"},
            "datePublished": root.posted_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "text": "It came at noon.",
        }
    ]


def test_what_is_not_public_is_not_told(article, thread):
    write(thread, "A held word.", state=Comment.State.HELD)
    removed = write(thread, "A removed word.")
    write(thread, "An answer.", parent=removed)
    Comment.objects.filter(pk=removed.pk).update(state=Comment.State.REMOVED)
    recount(thread)
    assert "comment" not in told(article)
    assert "A held" not in script_of(article) and "A removed" not in script_of(article)


def test_a_long_discussion_costs_a_reader_less_than_two_kilobytes(article, thread):
    for number in range(30):
        write(thread, f"{number} " + "A long and winding sentence about the tide and its gauge. " * 40)
    recount(thread)
    assert len(told(article)["comment"]) == 5
    assert len(gzip.compress(script_of(article).encode())) < 2048


def test_a_comment_cannot_end_the_data_it_stands_in(article, thread):
    write(thread, "`</script><script>alert(1)</script>`", name="</script><b>")
    assert told(article)["comment"][0]["text"] == "</script><script>alert(1)</script>"

"""An article's Markdown twin: one file with what is known of it and what it says."""

import json
import re
from datetime import timedelta

import pytest

from broadsheet.articles import pages
from broadsheet.articles.models import Article
from broadsheet.articles.tests.making import (
    HOSTILE,
    MAY,
    make_article,
    make_person,
    make_picture,
    make_publication,
    make_section,
    paragraph,
)
from broadsheet.kit.pages import Gone, NotThere

pytestmark = pytest.mark.django_db


def twin_of(article):
    page = pages.markdown_twin(*article.path.strip("/").split("/"))
    assert page.content_type == "text/markdown; charset=utf-8"
    return page.content.decode()


def front_matter(text):
    """Its fields; each value is written as JSON, which YAML reads too."""
    head = re.match(r"---\n(.*?)\n---\n", text, re.S)
    assert head
    return {name: json.loads(value) for name, value in (line.split(": ", 1) for line in head[1].split("\n"))}


def test_the_twin_says_what_the_article_says():
    make_publication()
    article = make_article(
        "The tide gauge",
        standfirst="For forty years it agreed.",
        section=make_section(),
        by=[make_person("Ines Aldana"), make_person("Bo Lind")],
        credit="the Coastal Wire",
        credit_url="https://wire.example/gauge",
        lead_picture=make_picture(480),
        lead_alt="A pier",
        lead_caption="Low water",
        blocks=[paragraph('A <strong>brass</strong> float, <a href="/about/">they say</a>.')],
        published_at=MAY,
        updated_at=MAY + timedelta(days=1),
    )
    article.tags.add("tides")
    article.save()
    text = twin_of(article)
    assert front_matter(text) == {
        "headline": "The tide gauge",
        "standfirst": "For forty years it agreed.",
        "byline": ["Ines Aldana", "Bo Lind"],
        "credit": "the Coastal Wire",
        "credit_url": "https://wire.example/gauge",
        "published": "2026-05-12T07:40:00+00:00",
        "updated": "2026-05-13T07:40:00+00:00",
        "section": "Harbour",
        "tags": ["tides"],
        "language": "en",
        "url": f"http://127.0.0.1:8000{article.path}",
    }
    said = text.partition("\n---\n\n")[2]
    assert said.startswith(
        "# The tide gauge\n\nFor forty years it agreed.\n\n![A pier](http://127.0.0.1:8000/media/"
    )
    assert "*Low water*" in said
    assert "A **brass** float, [they say](http://127.0.0.1:8000/about/)." in said


def test_a_hostile_headline_stays_one_line_of_the_head_and_no_tag_of_the_text():
    make_publication()
    text = twin_of(make_article(f"{HOSTILE}\n---\nx: y", slug="x", standfirst=HOSTILE))
    assert front_matter(text)["headline"] == f"{HOSTILE}\n---\nx: y"
    assert "<script>" not in text.partition("\n---\n\n")[2]


def test_what_is_not_public_has_no_twin():
    make_publication()
    withdrawn = make_article("Withdrawn", live=False)
    with pytest.raises(Gone):
        twin_of(withdrawn)
    with pytest.raises(NotThere):
        twin_of(Article(slug="never", published_on=MAY.date()))

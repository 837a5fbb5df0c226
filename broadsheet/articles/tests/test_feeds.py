import json

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.articles import feeds
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
from broadsheet.kit.pages import NotThere
from broadsheet.masthead import speaking

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
FEEDS = (feeds.feed_rss, feeds.feed_atom, feeds.feed_json)


def parsed(page):
    return ElementTree.fromstring(page.content)


def test_the_three_feeds_tell_the_same_story():
    make_publication(description="News of the bay")
    article = make_article(
        "The gauge",
        standfirst="It agreed.",
        by=[make_person()],
        blocks=[paragraph("A float.")],
        published_at=MAY,
    )
    address = f"http://127.0.0.1:8000{article.path}"
    rss, atom, data = (
        parsed(feeds.feed_rss()),
        parsed(feeds.feed_atom()),
        json.loads(feeds.feed_json().content),
    )

    item = rss.find("channel/item")
    assert item.findtext("title") == "The gauge"
    assert item.findtext("link") == item.findtext("guid") == address
    assert item.findtext("pubDate") == "Tue, 12 May 2026 07:40:00 +0000"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Ines Aldana"
    assert "A float." in item.findtext(CONTENT)
    assert rss.findtext("channel/description") == "News of the bay"

    entry = atom.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "The gauge"
    assert entry.findtext(f"{ATOM}id") == address
    assert entry.findtext(f"{ATOM}updated") == "2026-05-12T07:40:00+00:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ines Aldana"
    assert "A float." in entry.findtext(f"{ATOM}content")

    assert data["items"][0]["url"] == address
    assert data["items"][0]["summary"] == "It agreed."
    assert "A float." in data["items"][0]["content_html"]


def test_each_feed_says_where_it_stands_and_what_it_is():
    assert b'href="http://127.0.0.1:8000/feed.xml" rel="self"' in feeds.feed_rss().content
    assert b'href="http://127.0.0.1:8000/feed.atom"' in feeds.feed_atom().content
    assert json.loads(feeds.feed_json().content)["feed_url"] == "http://127.0.0.1:8000/feed.json"
    types = [make().content_type.partition(";")[0] for make in FEEDS]
    assert types == ["application/rss+xml", "application/atom+xml", "application/feed+json"]


def test_hostile_words_do_not_break_a_feed():
    """Control characters cannot stand in XML at all; the importer may have met them."""
    hostile = HOSTILE + "\x08\x0b\ufffe\x1f"
    make_publication(name=hostile)
    make_article(
        hostile,
        slug="hostile",
        standfirst=hostile,
        by=[make_person(hostile, slug="m")],
        blocks=[paragraph(HOSTILE)],
    )
    assert parsed(feeds.feed_rss()).findtext("channel/item/title") == HOSTILE
    assert parsed(feeds.feed_atom()).findtext(f"{ATOM}entry/{ATOM}title") == HOSTILE
    item = json.loads(feeds.feed_json().content)["items"][0]
    assert item["title"] == HOSTILE
    assert "<script" not in item["content_html"]
    assert "<script" not in parsed(feeds.feed_rss()).findtext(f"channel/item/{CONTENT}")


def test_pictures_and_links_still_work_when_read_elsewhere():
    picture = make_picture(480, 960)
    link = {
        "type": "paragraph",
        "value": '<p><a href="/about/">About</a> <a href="//cdn.example/">No</a></p>',
    }
    make_article(blocks=[link], lead_picture=picture, lead_alt="A pier")
    html = json.loads(feeds.feed_json().content)["items"][0]["content_html"]
    assert 'src="http://127.0.0.1:8000/media/' in html
    assert 'href="http://127.0.0.1:8000/about/"' in html
    assert "srcset" not in html
    assert 'alt="A pier"' in html


def test_the_picture_at_the_head_of_an_article_is_told_with_its_size_and_whose_it_is():
    picture = make_picture(480, 960, 1600)
    make_article(
        lead_picture=picture, lead_alt="A pier & a buoy", lead_credit="Bo Lind", blocks=[paragraph("x")]
    )
    make_article("Without")
    media = "{http://search.yahoo.com/mrss/}"
    items = parsed(feeds.feed_rss()).findall("channel/item")
    enclosure, content = items[0].find("enclosure"), items[0].find(f"{media}content")
    assert enclosure.get("url") == content.get("url")
    assert content.get("url").startswith("http://127.0.0.1:8000/media/")
    assert enclosure.get("type") == content.get("type") == "image/webp"
    assert int(enclosure.get("length")) > 0
    assert (content.get("medium"), content.get("width"), content.get("height")) == ("image", "960", "640")
    assert content.findtext(f"{media}description") == "A pier & a buoy"
    assert content.findtext(f"{media}credit") == "Bo Lind"
    assert items[1].find("enclosure") is items[1].find(f"{media}content") is None
    entry = parsed(feeds.feed_atom()).find(f"{ATOM}entry")
    assert [link.get("type") for link in entry.findall(f"{ATOM}link[@rel='enclosure']")] == ["image/webp"]
    first, second = json.loads(feeds.feed_json().content)["items"]
    assert first["image"] == content.get("url")
    assert "image" not in second


def test_a_feed_ends_somewhere(settings):
    settings.OPTIONS = {**settings.OPTIONS, "feed_items": 3}
    newest = [make_article(f"Story of feed {n}").headline for n in range(5)][:3]
    items = json.loads(feeds.feed_json().content)["items"]
    assert [item["title"] for item in items] == newest


def test_sections_and_bylines_have_feeds_of_their_own():
    make_publication()
    person, section = make_person(), make_section()
    make_article("Theirs", section=make_section("Pier", parent=section), by=[person])
    make_article("Other")
    make_article("Withdrawn", section=section, by=[person], live=False)
    for make, slug in ((feeds.section_feed, "harbour"), (feeds.byline_feed, "ines-aldana")):
        assert [title.text for title in parsed(make(slug, "xml")).iterfind("channel/item/title")] == [
            "Theirs"
        ]
        assert parsed(make(slug, "atom")).findtext(f"{ATOM}entry/{ATOM}title") == "Theirs"
        data = json.loads(make(slug, "json").content)
        assert data["feed_url"].endswith(f"/{slug}/feed.json")
        assert data["title"].endswith(" · The Lamp")
        for wrong in ((slug, "exe"), ("nobody", "xml")):
            with pytest.raises(NotThere):
                make(*wrong)


def test_a_feed_of_nothing_is_a_feed():
    for make in FEEDS:
        assert make().content


@pytest.mark.only_on("sqlite")
def test_one_article_or_thirty_take_the_same_number_of_queries():
    numbers = iter(range(100))

    def fill(number):
        for _ in range(number):
            image = {
                "type": "image",
                "value": {"image": make_picture(480).pk, "alt": "", "caption": "", "credit": ""},
            }
            person = make_person(f"Person {next(numbers)}")
            article = make_article(blocks=[image], by=[person], lead_picture=make_picture(480))
            article.tags.add(f"tag {article.pk}")
            article.save()

    fill(1)
    for make in FEEDS:
        with speaking.publicly(), CaptureQueriesContext(connection) as one:
            make()
    fill(29)
    for make in FEEDS:
        with speaking.publicly(), CaptureQueriesContext(connection) as thirty:
            make()
    assert len(thirty) == len(one) <= 9

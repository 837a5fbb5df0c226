"""Whom an article came from and under which terms, and who writes here: on pages, in feeds, for machines."""

import json

import pytest
from defusedxml import ElementTree
from django.core.exceptions import ValidationError

from broadsheet.articles import feeds, pages
from broadsheet.articles.models import Article, Portrait
from broadsheet.articles.pages import schema
from broadsheet.articles.tests.making import (
    html_of,
    make_article,
    make_person,
    make_picture,
    make_publication,
)
from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Person

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
DEED = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def wired() -> Article:
    make_publication()
    return make_article(
        "The gauge",
        credit="the Coastal Wire",
        credit_url="https://wire.example/gauge",
        agency="CW/Brandt",
        licence="cc-by-4.0",
    )


def test_the_licence_and_the_agency_stand_under_the_headline(wired):
    page = html_of(Page("articles/article.html", pages.article_context(wired)))
    assert '<a href="https://wire.example/gauge" rel="noopener">the Coastal Wire</a>' in page
    assert "CW/Brandt" in page
    assert f'<a href="{DEED}" rel="license noopener">CC BY 4.0</a>' in page


def test_every_feed_says_where_it_stood_first_and_under_which_terms(wired):
    rss, atom = (ElementTree.fromstring(feed().content) for feed in (feeds.feed_rss, feeds.feed_atom))
    item = rss.find("channel/item")
    assert item.findtext("{http://purl.org/dc/elements/1.1/}source") == "https://wire.example/gauge"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}rights") == "CC BY 4.0"
    links = {link.get("rel"): link.get("href") for link in atom.find(f"{ATOM}entry").iter(f"{ATOM}link")}
    assert (links["via"], links["license"]) == ("https://wire.example/gauge", DEED)
    told = json.loads(feeds.feed_json().content)["items"][0]
    assert (told["external_url"], told["_rights"]) == (
        "https://wire.example/gauge",
        {"name": "CC BY 4.0", "url": DEED},
    )


def test_machines_are_told_the_licence(wired):
    data = schema.of_article(wired, None, "", "")["@graph"][0]
    assert (data["license"], data["isBasedOn"]) == (DEED, "https://wire.example/gauge")
    assert data["creditText"] == "the Coastal Wire · CW/Brandt"


def test_a_licence_in_own_words_needs_those_words(wired):
    wired.licence = "own"
    with pytest.raises(ValidationError) as refused:
        wired.clean()
    assert "licence_name" in refused.value.message_dict
    wired.licence_name = "Once, in print"
    wired.clean()
    assert wired.terms.name == "Once, in print"


def test_whoever_writes_has_a_page_with_a_picture_and_the_places_where_they_are_themselves():
    make_publication()
    person = make_person(role="Tides", links="https://social.example/@ines\nhttps://www.ines.example/")
    Portrait.objects.create(person=person, picture=make_picture(480), alt="Ines on the mole")
    make_article(by=[person])
    page = html_of(pages.byline(person.slug))
    assert 'alt="Ines on the mole"' in page
    assert '<a rel="me noopener" href="https://social.example/@ines">social.example/@ines</a>' in page
    assert ">ines.example</a>" in page


def test_the_people_are_those_with_something_to_read():
    make_publication()
    make_person("Nobody Yet")
    make_article(by=[make_person("Ines Aldana", role="Tides")])
    make_article(by=[make_person("Tomas Brink")], live=False)
    page = html_of(pages.people())
    assert "Ines Aldana" in page and "Tides" in page
    assert "Nobody Yet" not in page and "Tomas Brink" not in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "not an address", "https://good.example/\nftp://x/"])
def test_a_link_that_is_no_web_address_is_refused_with_a_sentence(link):
    with pytest.raises(ValidationError) as refused:
        Person(name="Ines", slug="ines", links=link).full_clean()
    assert "no web address" in str(refused.value)

"""What machines are told of a page: schema.org's data and the tags of a shared card, and only what is known."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest

from broadsheet.articles import pages
from broadsheet.articles.models import Article, StandingPage
from broadsheet.articles.tests.making import (
    HOSTILE,
    MAY,
    html_of,
    make_article,
    make_person,
    make_picture,
    make_publication,
    make_section,
    paragraph,
)
from broadsheet.kit.pages import Page

pytestmark = pytest.mark.django_db
HOME = "http://127.0.0.1:8000"


def html_of_article(article):
    found = pages.find_article(*article.path.strip("/").split("/"))
    return html_of(Page("articles/article.html", pages.article_context(found)))


def graph_in(html):
    """The things of a page's structured data by their types."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(scripts) == 1
    data = json.loads(scripts[0])
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def card_in(html):
    """The properties of Open Graph on a page; those that may repeat, as lists."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<meta (?:property|name)="((?:og|article|twitter):[^"]+)" content="([^"]*)">', html
    ):
        found.setdefault(name, []).append(unescape(value))
    return found


@pytest.fixture
def told():
    make_publication(description="Read in the harbour.", contact="desk@lamp.example")
    coast = make_section("Coast")
    article = make_article(
        "The tide gauge",
        standfirst="For forty years it agreed.",
        section=make_section(parent=coast),
        by=[make_person("Ines Aldana"), make_person("Bo Lind")],
        credit="the Coastal Wire",
        credit_url="https://wire.example/gauge",
        lead_picture=make_picture(480, 960, 1600),
        lead_alt="A pier",
        blocks=[paragraph("It is a brass float."), paragraph("Nobody asked it.")],
        published_at=MAY,
        updated_at=MAY + timedelta(days=1),
    )
    article.tags.add("tides", "brass")
    article.save()
    return Article.objects.get(pk=article.pk)


def test_an_article_tells_search_engines_what_google_and_schema_org_ask_of_news(told):
    data = graph_in(html_of_article(told))["NewsArticle"]
    assert data["headline"] == "The tide gauge"
    assert data["alternativeHeadline"] == data["description"] == "For forty years it agreed."
    assert data["url"] == data["mainEntityOfPage"] == f"{HOME}{told.path}"
    assert data["datePublished"] == "2026-05-12T07:40:00+00:00"
    assert data["dateModified"] == "2026-05-13T07:40:00+00:00"
    assert data["author"][1] == {"@type": "Person", "name": "Bo Lind", "url": f"{HOME}/by/bo-lind/"}
    assert data["articleSection"] == "Harbour"
    assert sorted(data["keywords"]) == ["brass", "tides"]
    assert data["wordCount"] == 8
    assert data["creditText"] == "the Coastal Wire"
    assert data["isBasedOn"] == "https://wire.example/gauge"
    assert data["isAccessibleForFree"] is True
    assert data["inLanguage"] == "en"
    assert data["image"][0].startswith(f"{HOME}/media/")
    publisher = data["publisher"]
    assert (publisher["@type"], publisher["name"], publisher["url"]) == (
        "NewsMediaOrganization",
        "The Lamp",
        f"{HOME}/",
    )
    assert publisher["logo"]["@type"] == "ImageObject"
    assert publisher["logo"]["url"].startswith(f"{HOME}/")


def test_an_article_says_where_it_stands_below_the_front_page(told):
    crumbs = graph_in(html_of_article(told))["BreadcrumbList"]["itemListElement"]
    assert [(crumb["position"], crumb["name"]) for crumb in crumbs] == [
        (1, "The Lamp"), (2, "Coast"), (3, "Harbour"), (4, "The tide gauge"),
    ]  # fmt: skip
    assert [crumb["item"] for crumb in crumbs[:2]] == [f"{HOME}/", f"{HOME}/section/coast/"]


def test_what_is_not_known_of_an_article_is_not_told():
    make_publication()
    html = html_of_article(make_article("Alone"))
    data = graph_in(html)["NewsArticle"]
    assert not {
        "alternativeHeadline",
        "articleSection",
        "image",
        "creditText",
        "isBasedOn",
        "keywords",
    } & set(data)
    assert data["author"]["name"] == "The Lamp", "without a byline the publication itself wrote it"
    assert "og:image" not in card_in(html)
    assert card_in(html)["twitter:card"] == ["summary"]


def test_the_front_page_says_who_publishes(told):
    data = graph_in(html_of(pages.front_page()))["NewsMediaOrganization"]
    assert data["name"] == "The Lamp"
    assert data["url"] == f"{HOME}/"
    assert data["alternateName"] == "Argued in the open"
    assert data["description"] == "Read in the harbour."
    assert data["email"] == "desk@lamp.example"


@pytest.mark.parametrize("path", ["section/harbour", "by/bo-lind", "tag/tides"])
def test_a_list_says_where_it_stands(told, path):
    kind, slug = path.split("/")
    html = html_of(getattr(pages, "byline" if kind == "by" else kind)(slug))
    assert graph_in(html)["BreadcrumbList"]["itemListElement"][-1]["item"] == f"{HOME}/{path}/"
    assert card_in(html)["og:url"] == [f"{HOME}/{path}/"]


def test_a_shared_article_shows_its_headline_its_picture_and_who_wrote_it(told):
    card = card_in(html_of_article(told))
    assert card["og:type"] == ["article"]
    assert card["og:title"] == ["The tide gauge"]
    assert card["og:description"] == ["For forty years it agreed."]
    assert card["og:url"] == [f"{HOME}{told.path}"]
    assert card["og:site_name"] == ["The Lamp"]
    assert card["og:image"][0].startswith(f"{HOME}/media/")
    assert card["og:image:alt"] == ["A pier"]
    assert (card["og:image:width"], card["og:image:height"]) == (["960"], ["640"])
    assert card["twitter:card"] == ["summary_large_image"]
    assert card["article:published_time"] == ["2026-05-12T07:40:00+00:00"]
    assert card["article:author"] == [f"{HOME}/by/ines-aldana/", f"{HOME}/by/bo-lind/"]
    assert sorted(card["article:tag"]) == ["brass", "tides"]


def test_every_page_that_is_shared_has_a_card(told):
    page = StandingPage(title="About", path="/about/", live=True)
    page.save()
    for made, title in ((pages.front_page(), "The Lamp"), (pages.standing_page("/about/"), "About")):
        assert card_in(html_of(made))["og:title"] == [title]
        assert card_in(html_of(made))["og:type"] == ["website"]


def test_no_words_of_anybody_end_the_data_they_stand_in():
    make_publication(name=HOSTILE, motto=HOSTILE)
    person = make_person(HOSTILE, slug="mallory")
    article = make_article(
        HOSTILE, standfirst=HOSTILE, credit=HOSTILE, section=make_section(HOSTILE, slug="x"), by=[person]
    )
    html = html_of_article(article)
    assert "<script>alert" not in html
    data = graph_in(html)
    assert data["NewsArticle"]["alternativeHeadline"] == data["NewsArticle"]["author"][0]["name"] == HOSTILE
    assert data["BreadcrumbList"]["itemListElement"][1]["name"] == HOSTILE
    assert card_in(html)["og:title"] == [HOSTILE]
    assert graph_in(html_of(pages.front_page()))["NewsMediaOrganization"]["alternateName"] == HOSTILE

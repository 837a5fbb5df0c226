import json
import re
from datetime import datetime, timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from broadsheet.articles import pages
from broadsheet.articles.models import StandingPage
from broadsheet.articles.pages import addresses
from broadsheet.articles.tests.making import (
    MAY,
    html_of,
    make_article,
    make_person,
    make_publication,
    make_section,
)
from broadsheet.kit import accent
from broadsheet.kit.pages import NotThere

pytestmark = pytest.mark.django_db
LOC = ".//{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses_in(page):
    return [found.text for found in ElementTree.fromstring(page.content).findall(LOC)]


def test_the_sitemap_names_every_page_once():
    article = make_article("Мир & <more>", section=make_section(), by=[make_person()], published_at=MAY)
    make_article(live=False, slug="withdrawn")
    make_section("Quiet")
    StandingPage(title="About", path="/about/", live=True).save()
    named = addresses_in(pages.sitemap())
    home = "http://127.0.0.1:8000"
    assert sorted(named) == sorted(set(named))
    assert {f"{home}/", f"{home}/archive/", f"{home}/about/", f"{home}/section/harbour/"} < set(named)
    assert f"{home}/by/ines-aldana/" in named
    assert [address for address in named if "/2026/05/12/" in address]
    assert all(address.isascii() for address in named)
    assert article.path not in named, "whole addresses only"
    assert not [address for address in named if "quiet" in address or "withdrawn" in address]


def test_a_large_sitemap_is_an_index_of_parts(monkeypatch):
    monkeypatch.setattr(addresses, "_PART", 2)
    for _ in range(5):
        make_article()
    index = addresses_in(pages.sitemap())
    assert index == [f"http://127.0.0.1:8000/sitemap-{n}.xml" for n in (1, 2, 3)]
    parts = [addresses_in(pages.sitemap(str(number))) for number in (1, 2, 3)]
    articles = [address for part in parts for address in part if "/20" in address]
    assert len(articles) == len(set(articles)) == 5
    assert "http://127.0.0.1:8000/archive/" in parts[0]
    with pytest.raises(NotThere):
        pages.sitemap("4")


def test_robots_may_read_everything_public():
    text = pages.robots().content.decode()
    assert "Disallow: /newsroom/\n" in text
    assert "Disallow: /receipts/\n" in text
    assert "Disallow: /*/voice/\n" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in text
    assert "Disallow: /\n" not in text


def test_the_manifest_carries_the_publication_s_name():
    make_publication(name='The "Lamp" </script>')
    manifest = json.loads(pages.manifest().content)
    assert manifest["name"] == 'The "Lamp" </script>'
    assert manifest["icons"][0]["src"].endswith(".svg")


def test_security_txt_says_whom_to_tell_and_is_absent_without_anybody():
    make_publication()
    with pytest.raises(NotThere):
        pages.security_txt()
    make_publication(contact="desk@lamp.example")
    text = pages.security_txt().content.decode()
    assert "Contact: mailto:desk@lamp.example\n" in text
    expires = re.search(r"^Expires: (\d{4}-\d\d-\d\dT00:00:00Z)$", text, re.M)
    assert expires and 30 < (datetime.fromisoformat(expires[1]) - timezone.now()).days < 365
    assert "Preferred-Languages: en\n" in text
    assert "Canonical: http://127.0.0.1:8000/.well-known/security.txt\n" in text
    assert all(re.fullmatch(r"[A-Z][A-Za-z-]+: \S+", line) for line in text.splitlines())


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ("holes@lamp.example", "mailto:holes@lamp.example"),
        ("https://lamp.example/holes/", "https://lamp.example/holes/"),
    ],
)
def test_holes_may_be_told_to_somebody_of_their_own(settings, contact, field):
    make_publication(contact="desk@lamp.example")
    settings.OPTIONS = {**settings.OPTIONS, "security_contact": contact}
    text = pages.security_txt().content.decode()
    assert re.findall("^Contact: (.+)$", text, re.M) == [field]


def test_humans_txt_names_who_wrote_what_is_published():
    make_publication(contact="desk@lamp.example")
    make_article(by=[make_person("Ines Aldana", role="Harbour correspondent")])
    make_article(by=[make_person("Bo\nLind", slug="bo-lind")])
    make_article(by=[make_person("Somebody Else")], live=False)
    text = pages.humans_txt().content.decode()
    assert "Harbour correspondent: Ines Aldana\nArticles: http://127.0.0.1:8000/by/ines-aldana/\n" in text
    assert "Writer: Bo Lind\n" in text
    assert "Somebody Else" not in text
    assert "Name: The Lamp\n" in text and "Contact: desk@lamp.example\n" in text


NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def test_the_news_sitemap_tells_what_appeared_in_the_last_two_days():
    make_publication(name="The Lamp & Oar")
    now = timezone.now()
    fresh = make_article("Rain <today>", published_at=now - timedelta(hours=40))
    make_article("Older", published_at=now - timedelta(hours=50))
    make_article("Withdrawn", published_at=now, live=False)
    urls = list(ElementTree.fromstring(pages.news_sitemap().content))
    assert len(urls) == 1
    assert urls[0].findtext(LOC.replace(".//", "")) == f"http://127.0.0.1:8000{fresh.path}"
    news = urls[0].find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "The Lamp & Oar"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "en"
    assert news.findtext(f"{NEWS}title") == "Rain <today>"
    assert news.findtext(f"{NEWS}publication_date") == fresh.published_at.isoformat()
    assert "Sitemap: http://127.0.0.1:8000/news-sitemap.xml\n" in pages.robots().content.decode()


@pytest.mark.parametrize(
    ("language", "code"), [("de-at", "de"), ("zh-hant", "zh-tw"), ("zh-hans", "zh-cn"), ("fil", "fil")]
)
def test_the_news_sitemap_names_languages_as_its_protocol_does(settings, language, code):
    settings.OPTIONS = {**settings.OPTIONS, "language": language}
    make_publication()
    make_article(published_at=timezone.now())
    assert f"<news:language>{code}</news:language>".encode() in pages.news_sitemap().content


@pytest.mark.parametrize("colour", ["#9c1c1f", "#ffff00", "#000000", "#ffffff", "#0b5394", "#7f7f7f"])
def test_any_accent_can_be_read_on_every_paper(colour):
    light, dark = accent.readable_accents(colour)
    for paper in ("#fbfaf6", "#f3efe6", "#f5ebd7", "#ebdfc6"):
        assert accent.contrast(light, paper) >= 4.5
    for paper in ("#171613", "#24221d"):
        assert accent.contrast(dark, paper) >= 4.5


def test_a_readable_accent_is_left_as_the_publisher_chose_it():
    assert accent.readable_accents("#9c1c1f")[0] == "#9c1c1f"
    assert accent.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_accent_is_a_stylesheet_and_is_asked_for_only_where_it_differs():
    make_publication()
    assert "/accent.css" not in html_of(pages.front_page())
    make_publication(accent="#0b5394")
    assert '<link rel="stylesheet" href="/accent.css">' in html_of(pages.front_page())
    assert "--accent:#0b5394" in pages.accent_css().content.decode()

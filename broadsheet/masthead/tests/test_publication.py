"""The settings of the publication: its look, its menu and its foot, seen before they are saved."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from broadsheet.articles import pages
from broadsheet.articles.rendering import render
from broadsheet.discussion.tests.cast import make_article
from broadsheet.kit import accent
from broadsheet.masthead.models import Publication
from broadsheet.press import store
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]
FIELDS = {"name": "The Ebb", "motto": "", "description": "", "contact": "", "accent": "#9c1c1f"}
FIELDS |= {"typefaces": "", "menu": "", "foot": ""}


@pytest.fixture
def ebb():
    publication = Publication.objects.create(pk=1, name="The Ebb")
    make_article("The ferry")
    return publication


@pytest.fixture
def newsroom(client):
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


def address(name):
    return reverse(f"wagtailsnippets_masthead_publication:{name}", args=[1])


def front():
    return render(pages.front_page()).decode()


def menu_in(html):
    nav = re.search(r'<nav class="sections".*?</nav>', html, re.S)
    assert nav
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', nav[0])


def test_the_menu_is_what_the_publisher_wrote_in_that_order(ebb):
    ebb.menu = "About us /about/\nThe sea https://sea.example/now\n"
    ebb.full_clean()
    ebb.save()
    assert menu_in(front())[:2] == [("/about/", "About us"), ("https://sea.example/now", "The sea")]
    assert "/archive/" not in dict(menu_in(front()))
    ebb.menu = ""
    ebb.save()
    assert ("/archive/", "Archive") in menu_in(front())


@pytest.mark.parametrize(
    "line", ["About", "/about/", "About about/", "Click javascript:alert(1)", "X //evil.example/"]
)
def test_a_line_that_leads_nowhere_is_refused_with_its_number(ebb, line):
    ebb.menu = f"Fine /fine/\n{line}"
    with pytest.raises(ValidationError, match="Line 2 should be a name and an address"):
        ebb.full_clean()
    assert ebb.menu_links == [("Fine", "/fine/")]


def test_the_foot_shows_words_and_links_and_no_markup(ebb):
    ebb.foot = "Printed at https://quay.example/ <script>alert(1)</script>\n\nThe Ebb Ltd."
    ebb.save()
    html = front()
    assert '<a href="https://quay.example/" rel="nofollow">' in html
    assert "<p>The Ebb Ltd.</p>" in html
    assert "<script>alert" not in html


def test_another_pair_of_typefaces_is_a_file_of_our_own(ebb):
    assert "/accent.css" not in front()
    ebb.typefaces = "modern"
    ebb.save()
    assert '<link rel="stylesheet" href="/accent.css">' in front()
    assert pages.accent_css().content == b":root{--display:var(--plain)}\n"


def test_a_colour_that_cannot_be_read_everywhere_is_said_to_be_shown_otherwise(newsroom, ebb):
    light, dark = accent.readable_accents("#ffee00")
    answer = newsroom.post(address("edit"), FIELDS | {"accent": "#ffee00"}, follow=True)
    html = answer.content.decode()
    assert f"#ffee00 could not be read on every paper, so readers see {light} on light paper" in html
    assert Publication.current().accent == "#ffee00"
    assert dark == "#ffee00"


def test_unsaved_settings_are_seen_on_the_real_front_page_and_never_printed(
    newsroom, ebb, settings, tmp_path
):
    settings.PRINTS = tmp_path / "prints"
    changed = {
        "name": "The Flood",
        "accent": "#0b5394",
        "typefaces": "plain",
        "menu": "Tides /tides/",
        "foot": "Imprint",
    }
    checked = newsroom.post(address("preview_on_edit"), FIELDS | changed)
    assert checked.json() == {"is_valid": True, "is_available": True}
    answer = newsroom.get(address("preview_on_edit"))
    html = answer.content.decode()
    assert answer.status_code == 200
    for wanted in (
        "The Flood",
        "The ferry",
        "--accent:#0b5394",
        "--text:var(--plain)",
        "Imprint",
        "Nobody else sees it",
    ):
        assert wanted in html
    assert ("/tides/", "Tides") in menu_in(html)
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert Publication.current().name == "The Ebb"
    assert store.read("/") is None
    assert "The Flood" not in front()

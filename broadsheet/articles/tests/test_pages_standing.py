import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from broadsheet.articles import pages
from broadsheet.articles.models import StandingPage
from broadsheet.articles.tests.making import html_of, make_publication, paragraph
from broadsheet.kit.pages import Gone, NotThere
from broadsheet.masthead.tests.tongues import speak


def make_standing_page(path="/about/", **facts):
    facts = {"title": "About", "live": True, **facts}
    page = StandingPage(path=path, body=json.dumps([paragraph("Who we are.")]), **facts)
    page.save()
    return page


@pytest.mark.django_db
def test_a_standing_page_is_shown_and_stands_in_every_footer():
    make_publication()
    make_standing_page(menu_order=1)
    make_standing_page("/old/contact/", title="Contact")
    html = html_of(pages.standing_page("/about/"))
    assert "<h1>About</h1>" in html
    assert "Who we are." in html
    assert '<a href="/about/">About</a>' in html_of(pages.front_page())
    assert "/old/contact/" not in html_of(pages.front_page())
    assert "<h1>Contact</h1>" in html_of(pages.standing_page("/old/contact/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["section", "tag", "by", "archive", "comments", "newsroom", "feed.xml", "media", "2024/05/06"]
)
def test_a_page_can_not_stand_where_the_publication_itself_answers(name):
    for path in (f"/{name}/", f"{name}/below"):
        with pytest.raises(ValidationError, match="The paper itself answers there"):
            StandingPage(title="A page", path=path).full_clean()
    StandingPage(title="A page", path=f"/{name}s-of-old/").full_clean()


@pytest.mark.django_db
def test_a_withdrawn_page_is_gone_and_a_draft_was_never_there():
    make_standing_page("/withdrawn/", live=False, published_at="2026-05-12T00:00:00Z")
    make_standing_page("/draft/", live=False)
    with pytest.raises(Gone):
        pages.standing_page("/withdrawn/")
    for path in ("/draft/", "/missing/"):
        with pytest.raises(NotThere):
            pages.standing_page(path)


@pytest.mark.django_db
def test_what_is_missing_is_said_plainly_with_a_way_onwards():
    for page, sentence in (
        (pages.not_found(), "Nothing stands at this address"),
        (pages.gone(), "This has been withdrawn"),
    ):
        html = html_of(page)
        assert sentence in html
        assert '<a href="/archive/">' in html
        assert '<meta name="robots" content="noindex">' in html


@pytest.mark.django_db
def test_a_broken_database_does_not_break_the_page_that_says_so():
    with CaptureQueriesContext(connection) as queries:
        assert "Something went wrong on our side" in render_to_string("500.html")
        assert "One moment, please" in render_to_string("503.html")
    assert len(queries) == 0


@pytest.mark.django_db
def test_the_page_speaks_the_publication_s_language_in_its_direction(settings):
    speak(settings, "ar")
    assert '<html lang="ar" dir="rtl">' in html_of(pages.front_page())
    speak(settings, "en")
    assert '<html lang="en" dir="ltr">' in html_of(pages.front_page())

"""Type from the theme: chosen in the settings, handed out by the site itself."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from broadsheet.articles import pages
from broadsheet.articles.rendering import render
from broadsheet.masthead.models import Publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(settings, tmp_path):
    """Its static files, collected as they are at the start."""
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "theme"]
    (tmp_path / "theme" / "fonts").mkdir(parents=True)
    return tmp_path / "theme" / "fonts"


def collect():
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)


def test_fonts_of_the_theme_stand_in_a_style_sheet_of_the_site(theme):
    for name in ("text", "text-italic", "display"):
        (theme / f"{name}.woff2").write_bytes(b"wOF2")
    collect()
    publication = Publication(pk=1, name="The Ebb", typefaces="theme")
    publication.full_clean()
    publication.save()
    assert '<link rel="stylesheet" href="/accent.css">' in render(pages.front_page()).decode()
    css = pages.accent_css().content.decode()
    assert re.findall(r'url\("(/static/fonts/[a-z-]+)\.[0-9a-f]{12}\.woff2"\)', css) == [
        "/static/fonts/text",
        "/static/fonts/text-italic",
        "/static/fonts/display",
    ]
    assert css.count("font-display:swap") == 3
    assert ':root{--text:"theme-text",serif}' in css
    assert ':root{--display:"theme-display",serif}' in css
    assert "--plain" not in css, "what has no file stays as it comes"
    assert "//" not in css, "nothing comes from elsewhere"


def test_a_theme_without_fonts_cannot_be_chosen_and_the_sentence_says_where_they_go(theme):
    collect()
    with pytest.raises(ValidationError, match="The theme has no fonts yet"):
        Publication(pk=1, name="The Ebb", typefaces="theme").full_clean()


def test_fonts_in_the_theme_change_nothing_until_they_are_chosen(theme):
    (theme / "text.woff2").write_bytes(b"wOF2")
    collect()
    assert Publication(pk=1, name="The Ebb").look_css == ""

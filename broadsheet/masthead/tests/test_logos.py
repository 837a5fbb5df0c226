"""A picture in the place of the name: made anew, shown without a jump, and taken away again."""

import io
import json
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from broadsheet.articles import feeds, pages
from broadsheet.articles.rendering import render
from broadsheet.articles.tests.making import make_article
from broadsheet.kit.pages import Page
from broadsheet.masthead import founding
from broadsheet.masthead.models import Publication
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]
FIELDS = {"name": 'The "Ebb" & Flow', "motto": "", "description": "", "contact": "", "accent": "#9c1c1f"}
FIELDS |= {"typefaces": "", "menu": "", "foot": ""}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def newsroom(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    founding.found(name="The Ebb", email="carol@example.org")
    client.force_login(Reader.objects.get())
    return client


def drawn(width=1600, height=400, *, kind="PNG", colour="navy"):
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind, comment=b"who made this, and where")
    return file.getvalue()


def send(client, **more):
    files = {
        name: SimpleUploadedFile("../logo.png", content) if isinstance(content, bytes) else content
        for name, content in more.items()
    }
    return client.post(reverse("wagtailsnippets_masthead_publication:edit", args=[1]), FIELDS | files)


def front():
    return render(pages.front_page()).decode()


def whole(article):
    return render(Page("articles/article.html", pages.article_context(article))).decode()


def nameplate():
    found = re.search(r'<a class="name".*?</a>', front(), re.S)
    assert found
    return found[0]


def test_a_logo_stands_in_the_place_of_the_name_which_is_read_out_for_it(newsroom):
    answer = send(newsroom, logo=drawn())
    assert answer.status_code == 302, answer.context["form"].errors
    assert 'alt="The &quot;Ebb&quot; &amp; Flow" width="960" height="240"' in nameplate()
    assert nameplate().count("<img") == 1


def test_taking_it_away_brings_back_the_name_in_type(newsroom):
    send(newsroom, logo=drawn())
    send(newsroom, **{"logo-clear": "on"})
    assert "<img" not in nameplate()
    assert ">The &quot;Ebb&quot; &amp; Flow</a>" in nameplate()


def test_other_settings_may_change_while_the_logo_stays(newsroom):
    send(newsroom, logo=drawn())
    before = nameplate()
    send(newsroom, motto="Twice a day")
    assert nameplate() == before


def test_what_is_kept_is_made_anew_and_named_by_what_is_in_it(newsroom):
    send(newsroom, logo=drawn(kind="JPEG"))
    name = str(Publication.current().logo)
    assert re.fullmatch(r"logos/[0-9a-f]{32}\.webp", name)
    kept = default_storage.open(name).read()
    assert kept[8:12] == b"WEBP"
    assert b"who made this" not in kept
    send(newsroom, logo=drawn(colour="red"))
    assert Publication.current().logo.name != name
    send(newsroom, logo=drawn(kind="JPEG"))
    assert Publication.current().logo.name == name


def test_dark_paper_may_have_a_logo_of_its_own(newsroom):
    send(newsroom, logo=drawn(), logo_dark=drawn(300, 100, colour="white"))
    html = nameplate()
    assert re.findall(r'class="logo ([a-z-]+)"', html) == ["on-light", "on-dark"]
    assert 'width="300" height="100" loading="lazy"' in html


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SVG, "it is no GIF, JPEG, PNG or WebP picture"),
        (b"%PDF-1.7", "it is no GIF, JPEG, PNG or WebP picture"),
        (drawn()[:60], "it cannot be read"),
        (drawn() + b"\0" * 2 * 1024 * 1024, "it is larger than 2 MB"),
    ],
)
def test_what_is_no_picture_for_a_nameplate_is_refused_with_a_sentence(newsroom, content, why):
    answer = send(newsroom, logo=content, motto="Kept in the form")
    html = answer.content.decode()
    assert f"This picture cannot be taken: {why}" in html
    assert "Kept in the form" in html
    assert not Publication.current().logo
    assert not default_storage.exists("logos") or not default_storage.listdir("logos")[1]


def test_machines_are_told_of_the_logo(newsroom):
    send(newsroom, logo=drawn())
    address = Publication.current().logo.url
    assert f'{address}", "width": 960' in front() or f'{address}","width":960' in front()
    assert json.loads(feeds.feed_json().content)["icon"].endswith(address)
    assert f"{address}</logo>" in feeds.feed_atom().content.decode()
    send(newsroom, **{"logo-clear": "on"})
    assert "icon" not in json.loads(feeds.feed_json().content)


def test_an_article_without_a_picture_is_shared_with_the_publications(newsroom):
    plain = make_article("The ferry")
    assert "og:image" not in whole(plain)
    send(newsroom, shared=drawn(1600, 840))
    address = Publication.current().shared.url
    html = whole(plain)
    assert re.search(rf'property="og:image" content="[^"]+{address}"', html)
    assert '<meta property="og:image:width" content="1200">' in html


def preview(client, mode="", **more):
    """What the window beside the form shows."""
    address = reverse("wagtailsnippets_masthead_publication:preview_on_edit", args=[1])
    files = {
        name: SimpleUploadedFile("../logo.png", content) if isinstance(content, bytes) else content
        for name, content in more.items()
    }
    checked = client.post(address, FIELDS | files).json()
    html = client.get(f"{address}?mode={mode}").content.decode()
    plate = re.search(r'<header class="masthead">.*?</header>', html, re.S)
    return checked, plate[0] if plate else ""


@pytest.mark.parametrize("mode", ["", "article"])
def test_a_logo_that_is_chosen_and_not_saved_is_seen_in_the_preview_alone(newsroom, mode):
    make_article("The ferry")
    checked, plate = preview(newsroom, mode, logo=drawn(), logo_dark=drawn(300, 100, colour="white"))
    assert checked == {"is_valid": True, "is_available": True}
    assert 'width="960" height="240"' in plate
    assert 'width="300" height="100"' in plate
    (light, _dark) = re.findall(r'src="/media/([^"]+)"', plate)
    assert default_storage.exists(light)
    assert "<img" not in nameplate()
    assert not Publication.current().logo


def test_a_logo_that_will_be_taken_away_or_is_chosen_no_more_is_gone_from_the_preview(newsroom):
    assert "<img" in preview(newsroom, logo=drawn())[1]
    assert "<img" not in preview(newsroom)[1]
    send(newsroom, logo=drawn())
    assert "<img" in preview(newsroom, motto="Twice a day")[1]
    assert "<img" not in preview(newsroom, **{"logo-clear": "on"})[1]
    assert "<img" in nameplate()


def test_a_preview_shows_no_picture_that_nobody_sent(newsroom):
    assert "<img" not in preview(newsroom, **{"logo-kept": "logos/../../secret"})[1]


def test_a_file_that_is_no_picture_leaves_the_preview_as_it_was(newsroom):
    before = preview(newsroom, logo=drawn())[1]
    checked, plate = preview(newsroom, logo=SVG)
    assert checked == {"is_valid": False, "is_available": True}
    assert plate == before

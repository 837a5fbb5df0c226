"""The publication's language, chosen in the newsroom: readers are spoken to in it from then on, the newsroom is not."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from broadsheet.discussion.tests.cast import make_article
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication
from broadsheet.masthead.tests.tongues import speak
from broadsheet.press import store
from broadsheet.readers.models import Reader
from broadsheet.wiring.worker import drain

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]
FIELDS = {"name": "The Ebb", "motto": "", "description": "", "contact": "", "accent": "#9c1c1f"}
FIELDS |= {"typefaces": "", "menu": "", "foot": ""}


@pytest.fixture
def ferry():
    Publication.objects.create(pk=1, name="The Ebb")
    return make_article("The ferry")


@pytest.fixture
def newsroom(client, ferry):
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


def address(name):
    return reverse(f"wagtailsnippets_masthead_publication:{name}", args=[1])


def choose(newsroom, tag):
    answer = newsroom.post(address("edit"), FIELDS | {"language": tag})
    assert answer.status_code == 302, answer.context["form"].errors


def read(path):
    return Client().get(path).content.decode()


def test_every_page_is_printed_again_in_the_language_that_is_chosen(newsroom, ferry):
    places = ("/", ferry.path, "/feed.atom")
    assert all('lang="en"' in read(place) for place in places)
    choose(newsroom, "de")
    drain()
    front, article, feed = (store.read(place).decode() for place in places)
    assert '<html lang="de" dir="ltr">' in front and "Zum Text springen" in front
    assert "2. März 2026" in article
    assert 'xml:lang="de"' in feed


def test_what_is_made_for_one_reader_and_what_is_missing_follow_at_once(newsroom):
    choose(newsroom, "ar")
    for place in ("/nothing-here/", "/search/"):
        assert '<html lang="ar" dir="rtl">' in read(place)


def test_the_newsroom_stays_english_and_shows_what_was_chosen(newsroom):
    choose(newsroom, "de")
    form = newsroom.get(address("edit")).content.decode()
    assert '<html lang="en"' in form
    assert '<option value="de" selected>German</option>' in form
    assert '<option value="">English, as in the options</option>' in form


def test_a_language_is_seen_before_it_is_saved(newsroom):
    checked = newsroom.post(address("preview_on_edit"), FIELDS | {"language": "ar"})
    assert checked.json()["is_valid"]
    seen = newsroom.get(address("preview_on_edit")).content.decode()
    assert '<html lang="ar" dir="rtl">' in seen
    assert "هذه معاينة لا يراها غيرك." in seen
    assert '<html lang="en"' in read("/")


def test_without_a_choice_the_options_say_it(newsroom, settings):
    choose(newsroom, "de")
    choose(newsroom, "")
    speak(settings, "fr")
    assert '<html lang="fr" dir="ltr">' in read("/nothing-here/")


def test_a_language_without_words_keeps_its_name_among_english_ones(newsroom):
    choose(newsroom, "gsw")
    page = read("/nothing-here/")
    assert '<html lang="gsw" dir="ltr">' in page and "Skip to the text" in page


def test_what_is_no_language_is_refused(newsroom):
    answer = newsroom.post(address("edit"), FIELDS | {"language": "German, please"})
    assert "language" in answer.context["form"].errors
    assert Publication.objects.get().language == ""


def test_without_the_database_it_is_the_one_that_was_read_last(ferry):
    def away(*_):
        raise OperationalError

    Publication.objects.update(language="de")
    assert speaking.publication_language() == "de"
    with connection.execute_wrapper(away):
        assert speaking.publication_language() == "de"

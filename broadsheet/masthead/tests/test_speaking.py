import threading

import pytest
from django.utils import translation

from broadsheet.masthead import speaking
from broadsheet.masthead.tests.tongues import speak

pytestmark = pytest.mark.django_db


def test_public_pages_speak_the_publication_s_language_whatever_the_reader_asks_for(client, settings):
    speak(settings, "de")
    answer = client.get("/nothing-here/", HTTP_ACCEPT_LANGUAGE="fr")
    assert answer.status_code == 404
    assert '<html lang="de" dir="ltr">' in answer.content.decode()
    assert "Accept-Language" not in answer.get("Vary", "")


def test_the_newsroom_stays_english_in_a_german_publication(client, settings):
    speak(settings, "de")
    door = client.get("/newsroom/login/").content.decode()
    assert "Password" in door and "Passwort" not in door
    assert '<html lang="en"' in door


def test_a_request_leaves_its_thread_speaking_as_before(client, settings):
    speak(settings, "de")
    with translation.override("es"):
        client.get("/newsroom/login/")
        client.get("/nothing-here/")
        assert translation.get_language() == "es"


def test_a_thread_where_nothing_was_said_speaks_the_publication_s_language(settings):
    speak(settings, "de")
    spoken = []
    thread = threading.Thread(target=lambda: spoken.append((speaking.language(), speaking.number(12345))))
    thread.start()
    thread.join()
    assert spoken == [("de", "12.345")]


def test_what_is_made_publicly_is_made_in_the_publication_s_language(settings):
    speak(settings, "fr")
    with translation.override("en"), speaking.publicly():
        assert speaking.listed(["A", "B"]) == "A et B"

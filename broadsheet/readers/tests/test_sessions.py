from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.readers import sessions
from broadsheet.readers.models import Reader
from broadsheet.readers.tests import cast
from broadsheet.readers.tests.cast import SECURITY, enter, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1 Version/18.4 Mobile/15E Safari/604.1"


@pytest.fixture
def newsroom(carol: Reader) -> Client:
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT=FIREFOX)
    enter(client, carol)
    return client


@pytest.fixture
def phone(carol: Reader) -> Client:
    client = Client(REMOTE_ADDR="2001:db8:1:2:3::4", HTTP_USER_AGENT=PHONE)
    enter(client, carol)
    return client


def test_the_page_names_devices_and_networks_roughly_and_marks_this_one(newsroom, phone):
    page = newsroom.get(SECURITY).content.decode()
    assert "Firefox on Linux <strong>(this one)</strong>" in " ".join(page.split())
    assert "Safari on an iPhone" in page
    assert "203.0.113.0/24" in page
    assert "2001:db8:1::/48" in page
    stored = str(list(UserSession.objects.values_list("ip", flat=True)))
    assert "203.0.113.77" not in stored
    assert "2001:db8:1:2:3::4" not in stored


def test_one_session_is_ended_and_the_others_go_on(newsroom, phone, carol):
    other = UserSession.objects.get(user_agent=PHONE)
    newsroom.post(f"{SECURITY}sessions/{other.pk}/end/")
    assert not signed_in(phone)
    assert signed_in(newsroom)


def test_nobody_ends_another_person_s_session(newsroom, carol):
    window = Client()
    window.force_login(Reader.objects.get(email="other@example.org"))
    window.get("/newsroom/")
    theirs = UserSession.objects.get(user__email="other@example.org")
    newsroom.post(f"{SECURITY}sessions/{theirs.pk}/end/")
    assert signed_in(window)


def test_signing_out_everywhere_else_ends_sessions_that_nobody_noted_too(newsroom, phone, carol):
    UserSession.objects.all().delete()
    assert newsroom.post(f"{SECURITY}sessions/end/", {"others": "1"}).status_code == 302
    assert not signed_in(phone)
    assert signed_in(newsroom)
    assert "(this one)" in newsroom.get(SECURITY).content.decode()


def test_signing_out_everywhere_ends_this_one_too_and_nobody_else_s(newsroom, phone, carol):
    other = Client()
    other.force_login(Reader.objects.get(email="other@example.org"))
    answer = newsroom.post(f"{SECURITY}sessions/end/")
    assert answer["Location"] == "/newsroom/login/"
    assert not signed_in(newsroom)
    assert not signed_in(phone)
    assert signed_in(other)
    enter(newsroom, carol)
    assert signed_in(newsroom)


def test_a_new_password_signs_out_everywhere_but_here(newsroom, phone, carol):
    cast.prove_again(newsroom)
    newsroom.post(f"{SECURITY}password/", {"password": "another-quay-at-noon"})
    assert not signed_in(phone)
    assert signed_in(newsroom)
    assert enter(Client(), carol).status_code == 200
    assert enter(Client(), carol, "another-quay-at-noon").status_code == 302


def test_a_session_is_noted_as_seen_every_ten_minutes_at_most(newsroom):
    then = timezone.now() - timedelta(minutes=11)
    UserSession.objects.update(last_seen_at=then)
    newsroom.get("/newsroom/")
    seen = UserSession.objects.get().last_seen_at
    assert seen > then
    newsroom.get("/newsroom/")
    assert UserSession.objects.get().last_seen_at == seen


def test_what_strangers_ask_for_touches_no_session(client):
    for path in ("/newsroom/login/", "/mine.json", "/nowhere/"):
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        touched = " ".join(query["sql"] for query in seen.captured_queries)
        assert "session" not in touched
        assert "readers_reader" not in touched
    assert "session" not in client.cookies


def test_sessions_that_are_over_are_forgotten(newsroom, phone):
    Session.objects.filter(session_key=phone.session.session_key).update(
        expire_date=timezone.now() - timedelta(days=1)
    )
    assert sessions.forget_ended() == 1
    assert UserSession.objects.get().user_agent == FIREFOX


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on an iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.5.0", "A browser that does not say what it is"),
        ("<script>alert(1)</script>", "A browser that does not say what it is"),
    ],
)
def test_a_device_is_told_in_words(agent, words):
    assert sessions.device_of(UserSession(user_agent=agent)) == words

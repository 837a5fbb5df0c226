"""How readers sign in: password, authenticator app, recovery codes, sessions; passkeys need a browser."""

import re
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings

from broadsheet.accounts.tests.cast import HERE, OURS, SIGN_IN, browser, signed_in
from broadsheet.kit.tests import corpora
from broadsheet.readers.models import Reader
from broadsheet.readers.tests.cast import forget_spent, shown_by_app

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

SECURITY, AGAIN = "/account/security/", "/account/again/"
PASSWORD = "a quay in the morning"


@pytest.fixture
def bob(db):
    reader = Reader.objects.create_user("bob@example.org", name="Bob")
    reader.set_password(PASSWORD)
    reader.save()
    return reader


def entered(reader):
    client = browser()
    answer = client.post(SIGN_IN, {"email": reader.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def proved(client):
    assert client.post(AGAIN, {"password": PASSWORD}).status_code == 303
    return client


def set_up_app(client):
    page = client.get(f"{SECURITY}app/").content.decode()
    signed = unescape(re.findall(r'name="signed_secret" value="([^"]+)"', page)[0])
    secret = signed.partition(":")[0]
    answer = client.post(f"{SECURITY}app/", {"signed_secret": signed, "code": shown_by_app(secret)})
    assert answer.status_code == 200, answer.content.decode()
    forget_spent()
    return secret, re.findall(r"<li>(\d{8})</li>", answer.content.decode())


def test_a_reader_chooses_a_first_password_and_comes_in_with_it(alice):
    assert browser(alice).post(f"{SECURITY}password/", {"password": PASSWORD}).status_code == 303
    assert browser().post(SIGN_IN, {"email": alice.email, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("weak", ["", "short", "password1", "alice@example.org"])
def test_a_weak_password_is_refused_with_the_reason(alice, weak):
    answer = browser(alice).post(f"{SECURITY}password/", {"password": weak})
    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    alice.refresh_from_db()
    assert not alice.has_usable_password()


def test_a_new_password_signs_out_every_other_browser(bob):
    here, elsewhere = proved(entered(bob)), entered(bob)
    assert here.post(f"{SECURITY}password/", {"password": "another quay at night"}).status_code == 303
    assert signed_in(here) and not signed_in(elsewhere)


@pytest.mark.parametrize(
    "path", ["password/", "passkeys/", "app/", "app/removal/", "recovery-codes/", "passkeys/1/removal/"]
)
def test_whoever_finds_a_window_open_changes_no_door(bob, path):
    client = entered(bob)
    answer = client.post(f"{SECURITY}{path}", {"password": "taken over for good"})
    assert answer["Location"].startswith(AGAIN)
    assert client.post(AGAIN, {"password": "guessed"}).status_code == 422


def test_an_authenticator_app_is_set_up_asked_for_and_removed(bob):
    client = proved(entered(bob))
    secret, codes = set_up_app(client)
    assert len(codes) > 5
    other = entered(bob)
    assert not signed_in(other)
    assert other.post("/account/second-factor/", {"code": shown_by_app(secret)}).status_code == 302
    assert signed_in(other)
    by_recovery = entered(bob)
    assert by_recovery.post("/account/second-factor/", {"code": codes[0]}).status_code == 302
    assert signed_in(by_recovery)
    assert "left" in client.get(SECURITY).content.decode()
    assert client.post(f"{SECURITY}recovery-codes/").status_code == 200
    assert client.post(f"{SECURITY}app/removal/").status_code == 303
    assert not Authenticator.objects.filter(user=bob, type=Authenticator.Type.TOTP).exists()
    assert signed_in(entered(bob))


def test_a_reader_sees_where_they_are_signed_in_and_ends_it(bob):
    here, elsewhere = entered(bob), entered(bob)
    page = here.get(SECURITY).content.decode()
    [ends] = re.findall(r'action="(/account/security/sessions/\d+/end/)"', page)
    assert here.get(ends).status_code == 303 and signed_in(elsewhere)
    assert here.post(ends).status_code == 303
    assert not signed_in(elsewhere) and signed_in(here)
    third = entered(bob)
    assert here.post(f"{SECURITY}sessions/end/", {"others": "1"}).status_code == 303
    assert signed_in(here) and not signed_in(third)
    assert here.post(f"{SECURITY}sessions/end/")["Location"] == SIGN_IN
    assert not signed_in(here)


def test_nobody_ends_the_session_of_somebody_else(bob, alice):
    theirs = entered(bob)
    from allauth.usersessions.models import UserSession

    pk = UserSession.objects.get(user=bob).pk
    browser(alice).post(f"{SECURITY}sessions/{pk}/end/")
    assert signed_in(theirs)


@pytest.mark.hostile("reader_passkeys")
@pytest.mark.hostile("reader_app")
@pytest.mark.hostile("reader_again")
def test_no_payload_passes_for_a_passkey_or_a_code(bob, shared_dir, monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_account", "1000/600")
    client = proved(entered(bob))
    for payload in corpora.hostile(shared_dir)[::150]:
        given = payload.encode("utf-8", "replace").decode()
        for path, fields in {
            f"{SECURITY}passkeys/": {"name": given, "credential": given},
            f"{SECURITY}app/": {"signed_secret": given, "code": given},
            AGAIN: {"password": given, "next": given},
        }.items():
            answer = client.post(path, fields)
            assert answer.status_code == 422, (path, given)
            shown = answer.content.decode()
            assert "<script>alert" not in shown and "<svg onload" not in shown
    assert not Authenticator.objects.exists()
    assert client.get(HERE, **OURS).status_code == 200

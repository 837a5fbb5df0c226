from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from broadsheet.limits.models import Bucket
from broadsheet.readers import signing_in
from broadsheet.readers.models import Reader, SignInLink
from broadsheet.readers.tests.cast import PASSWORD, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_link_signs_its_reader_in_once(client, carol):
    path = signing_in.path_of(signing_in.make_link(carol))
    answer = client.post(path)
    assert answer.status_code == 302
    assert answer["Location"] == "/newsroom/"
    assert int(client.session["_auth_user_id"]) == carol.pk

    again = Client()
    assert again.post(path).status_code == 410
    assert again.get(path).status_code == 410
    assert not signed_in(again)


def test_looking_at_a_link_changes_nothing(client, carol):
    path = signing_in.path_of(signing_in.make_link(carol))
    for _ in range(3):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    assert SignInLink.objects.get().used_at is None
    assert not signed_in(client)


def test_only_a_digest_of_a_link_is_stored(carol):
    token = signing_in.make_link(carol)
    assert token not in str(SignInLink.objects.values().get())


def test_a_link_that_is_too_old_signs_nobody_in(client, carol):
    path = signing_in.path_of(signing_in.make_link(carol, lifetime=timedelta(seconds=-1)))
    assert client.post(path).status_code == 410
    assert not signed_in(client)


def test_a_link_of_a_closed_account_signs_nobody_in(client, carol):
    path = signing_in.path_of(signing_in.make_link(carol))
    Reader.objects.filter(pk=carol.pk).update(is_active=False)
    assert client.post(path).status_code == 410


def test_using_one_link_spends_the_others_of_that_reader_only(client, carol):
    used, older = signing_in.make_link(carol), signing_in.make_link(carol)
    others = signing_in.make_link(Reader.objects.get(email="other@example.org"))
    client.post(signing_in.path_of(used))
    with pytest.raises(signing_in.LinkSpent):
        signing_in.find_link(older)
    assert signing_in.find_link(others)


def test_a_password_can_be_chosen_at_the_link(client, carol):
    client.post(signing_in.path_of(signing_in.make_link(carol)), {"password": "tide-tables-of-1911"})
    carol.refresh_from_db()
    assert carol.check_password("tide-tables-of-1911")


def test_without_a_chosen_password_the_old_one_stays(client, carol):
    client.post(signing_in.path_of(signing_in.make_link(carol)), {"password": ""})
    carol.refresh_from_db()
    assert carol.check_password(PASSWORD)


def test_a_refused_password_leaves_the_link_unused(client, carol):
    path = signing_in.path_of(signing_in.make_link(carol))
    answer = client.post(path, {"password": "12345678"})
    assert answer.status_code == 422
    assert "too common" in answer.content.decode()
    assert client.post(path).status_code == 302


def test_signing_in_by_link_needs_the_form_of_this_site(carol):
    strict = Client(enforce_csrf_checks=True)
    path = signing_in.path_of(signing_in.make_link(carol))
    assert strict.post(path).status_code == 403
    assert SignInLink.objects.get().used_at is None


def test_signing_in_changes_the_session_key(client, carol):
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.post(signing_in.path_of(signing_in.make_link(carol)))
    assert client.session.session_key != before


def test_a_readable_cookie_stands_while_somebody_is_signed_in(client, carol):
    client.post("/newsroom/login/", {"username": carol.email, "password": PASSWORD})
    marker = client.cookies["signed_in"]
    assert marker.value == "1"
    assert not marker["httponly"]
    assert marker["samesite"] == "Lax"
    client.post("/newsroom/logout/")
    assert client.cookies["signed_in"].value == ""


def test_a_wrong_password_sets_no_cookie(client, carol):
    answer = client.post("/newsroom/login/", {"username": carol.email, "password": "wrong"})
    assert answer.status_code == 200
    assert "signed_in" not in client.cookies


@pytest.fixture
def tight(monkeypatch):
    """Three tries from one network, four to one account, in an hour."""
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_network", "3/3600")
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_account", "4/3600")
    Bucket.objects.all().delete()


def attempt(address: str, email: str, password: str = "wrong"):
    return Client(REMOTE_ADDR=address).post("/newsroom/login/", {"username": email, "password": password})


def test_too_many_tries_from_one_network_are_refused_even_with_the_right_password(tight, carol):
    for number in range(3):
        assert attempt("192.0.2.7", f"{number}@example.org").status_code == 200
    refused = attempt("192.0.2.7", carol.email, PASSWORD)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "Too many tries" in refused.content.decode()
    assert attempt("198.51.100.7", carol.email, PASSWORD).status_code == 302


def test_too_many_tries_at_one_account_are_refused_from_everywhere(tight, carol):
    for number in range(4):
        assert attempt(f"203.0.113.{number}", carol.email.upper()).status_code == 200
    assert attempt("203.0.113.99", carol.email, PASSWORD).status_code == 429


def test_an_attack_on_an_account_does_not_lock_its_owner_out_of_the_link(tight, carol):
    for number in range(6):
        attempt(f"203.0.113.{number}", carol.email)
    owner = Client(REMOTE_ADDR="203.0.113.1")
    assert owner.post(signing_in.path_of(signing_in.make_link(carol))).status_code == 302


def test_one_s_own_name_is_changed_on_the_account_page(client, carol):
    client.force_login(carol)
    assert "First Name" not in client.get("/newsroom/account/").content.decode()
    answer = client.post(
        "/newsroom/account/",
        {
            "name_email-name": "Carol Quay",
            "name_email-email": carol.email,
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )
    assert answer.status_code == 302
    carol.refresh_from_db()
    assert carol.name == "Carol Quay"

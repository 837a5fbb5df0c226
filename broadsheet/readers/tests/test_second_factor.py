import json
import re
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from broadsheet.limits.models import Bucket
from broadsheet.readers import factors, signing_in
from broadsheet.readers.models import Reader
from broadsheet.readers.tests import cast
from broadsheet.readers.tests.cast import AGAIN, LOGIN, SECOND, SECURITY, enter, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def secret(at_desk: Client) -> str:
    """Of Carol's authenticator app."""
    return cast.set_up_app(at_desk)[0]


def test_after_the_password_the_code_of_the_app_is_asked_for(secret, carol):
    window = Client()
    answer = enter(window, carol)
    assert (answer.status_code, answer["Location"]) == (302, SECOND)
    assert not signed_in(window)
    assert "Code of your authenticator app" in window.get(SECOND).content.decode()
    answer = window.post(SECOND, {"code": cast.shown_by_app(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/newsroom/")
    assert signed_in(window)
    assert window.cookies["signed_in"].value == "1"


def test_one_is_led_to_where_one_wanted_to_go(secret, carol):
    window = Client()
    window.post(LOGIN, {"username": carol.email, "password": cast.PASSWORD, "next": "/newsroom/comments/"})
    answer = window.post(SECOND, {"code": cast.shown_by_app(secret)})
    assert answer["Location"] == "/newsroom/comments/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", r"/\evil.example", "javascript:x"]
)
def test_nobody_is_led_to_another_site(carol, elsewhere):
    window = Client()
    answer = window.post(LOGIN, {"username": carol.email, "password": cast.PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/newsroom/"
    assert window.get(AGAIN, {"next": elsewhere}).content.decode().count("evil") == 0


def test_a_wrong_code_signs_nobody_in(secret, carol):
    window = Client()
    enter(window, carol)
    answer = window.post(SECOND, {"code": "000000"})
    assert "not the right one" in answer.content.decode()
    assert not signed_in(window)


def test_a_code_of_the_app_works_once(secret, carol):
    code = cast.shown_by_app(secret)
    first, second = Client(), Client()
    for window in (first, second):
        enter(window, carol)
    assert first.post(SECOND, {"code": code}).status_code == 302
    answer = second.post(SECOND, {"code": f" {code[:3]}-{code[3:]}"})
    assert answer.status_code == 200
    assert not signed_in(second)


def test_a_code_that_another_process_took_is_spent_too(secret, carol):
    """Allauth remembers used codes in the memory of one process; the limiter does for all of them."""
    from django.core.cache import cache

    code = cast.shown_by_app(secret)
    for expected in (302, 200):
        window = Client()
        enter(window, carol)
        assert window.post(SECOND, {"code": code}).status_code == expected
        cache.clear()


def test_a_recovery_code_stands_in_for_the_app_once(at_desk, carol):
    _, codes = cast.set_up_app(at_desk)
    assert len(set(codes)) == 10
    for expected in (True, False):
        window = Client()
        enter(window, carol)
        window.post(SECOND, {"code": codes[3]})
        assert signed_in(window) is expected
    assert "You have 9 left" in at_desk.get(SECURITY).content.decode()


def test_new_recovery_codes_make_the_old_ones_worthless_and_are_shown_once(at_desk, carol):
    _, codes = cast.set_up_app(at_desk)
    page = at_desk.post(f"{SECURITY}recovery-codes/").content.decode()
    assert codes[0] not in page
    assert "data:text/plain" in page
    window = Client()
    enter(window, carol)
    window.post(SECOND, {"code": codes[0]})
    assert not signed_in(window)
    assert at_desk.get(f"{SECURITY}recovery-codes/").status_code == 405


def test_the_second_step_is_for_whoever_took_the_first(secret):
    answer = Client().get(SECOND)
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert Client().post(SECOND, {"code": cast.shown_by_app(secret)}).status_code == 302


def test_signing_in_changes_the_session_key_behind_the_second_step_too(secret, carol):
    window = Client()
    enter(window, carol)
    before = window.session.session_key
    window.post(SECOND, {"code": cast.shown_by_app(secret)})
    assert window.session.session_key != before


def test_a_link_leads_to_the_second_step_and_chooses_no_password(secret, carol):
    window = Client()
    path = signing_in.path_of(signing_in.make_link(carol))
    assert 'type="password"' not in window.get(path).content.decode()
    answer = window.post(path, {"password": "mallory-chooses-one"})
    assert answer["Location"] == SECOND
    carol.refresh_from_db()
    assert carol.check_password(cast.PASSWORD)
    assert not signed_in(window)


def test_codes_cannot_be_guessed_on_end(secret, carol, monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_account", "4/3600")
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_network", "1000/1")
    Bucket.objects.all().delete()
    window = Client(REMOTE_ADDR="192.0.2.9")
    enter(window, carol)
    for number in range(4):
        assert window.post(SECOND, {"code": f"{number:06}"}).status_code == 200
    refused = window.post(SECOND, {"code": cast.shown_by_app(secret)})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_secrets_are_sealed_where_they_are_stored(secret, carol):
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    sealed = factors.of(carol).app.data["secret"]
    assert settings.KEYRING.unseal(sealed.encode()) == secret


def test_looking_at_the_pages_changes_nothing(at_desk):
    cast.prove_again(at_desk)
    before = at_desk.session.items()
    for page in ("", "app/", "passkeys/", "password/"):
        assert at_desk.get(f"{SECURITY}{page}").status_code == 200
    assert at_desk.session.items() == before
    assert not Authenticator.objects.exists()


def test_factors_are_changed_by_somebody_who_says_again_who_they_are(at_desk, carol):
    for page in ("app/", "passkeys/", "password/"):
        answer = at_desk.get(f"{SECURITY}{page}")
        assert unquote(answer["Location"]) == f"{AGAIN}?next={SECURITY}{page}"
    assert at_desk.post(f"{SECURITY}password/", {"password": "another-quay-at-noon"}).status_code == 302
    carol.refresh_from_db()
    assert carol.check_password(cast.PASSWORD)
    wrong = at_desk.post(AGAIN, {"password": "wrong"})
    assert wrong.status_code == 422
    assert at_desk.get(f"{SECURITY}app/").status_code == 302
    assert cast.prove_again(at_desk).status_code == 302
    assert at_desk.get(f"{SECURITY}app/").status_code == 200


def test_the_code_of_the_app_proves_it_too(secret):
    window = Client()
    enter(window, Reader.objects.get(email="carol@example.org"))
    window.post(SECOND, {"code": cast.shown_by_app(secret)})
    cast.forget_spent()
    from django.core.cache import cache

    cache.clear()
    assert window.post(AGAIN, {"code": cast.shown_by_app(secret)}).status_code == 302
    assert window.post(f"{SECURITY}app/removal/").status_code == 302
    assert not Authenticator.objects.exists()


def test_a_secret_that_was_made_for_somebody_else_is_not_taken(at_desk, carol):
    other = Client()
    other.force_login(Reader.objects.get(email="other@example.org"))
    page = other.get(f"{SECURITY}app/").content.decode()
    signed = page.partition('name="signed_secret" value="')[2].partition('"')[0]
    cast.prove_again(at_desk)
    code = cast.shown_by_app(signed.partition(":")[0])
    answer = at_desk.post(f"{SECURITY}app/", {"signed_secret": signed, "code": code})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


def test_another_person_s_passkey_is_out_of_reach(at_desk, carol):
    other = Reader.objects.get(email="other@example.org")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Theirs"})
    cast.prove_again(at_desk)
    assert at_desk.get(f"{SECURITY}passkeys/{key.pk}/").status_code == 404
    assert at_desk.post(f"{SECURITY}passkeys/{key.pk}/removal/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def invented(handle: str) -> str:
    """An answer that looks like a passkey's."""
    response = {"userHandle": handle, "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "[]",
        "{}",
        "1",
        "null",
        '"x"',
        "NaN",
        "[[[[]]]]",
        '{"id": 1}',
        '{"response": {"userHandle": "MQ"}}',
    ]
    + [invented(handle) for handle in ("MQ", "Lg", "!!", "____", "")],
)
def test_what_is_no_passkey_is_refused_and_breaks_nothing(carol, answer):
    window = Client()
    asked = window.post(f"{LOGIN}passkey/", {"ask": "1"})
    assert asked.json()["publicKey"]["userVerification"] == "required"
    refused = window.post(f"{LOGIN}passkey/", {"credential": answer})
    assert (refused.status_code, refused["Location"]) == (302, LOGIN)
    assert not signed_in(window)


def test_asking_for_a_passkey_says_nothing_about_anybody(carol):
    options = Client().post(f"{LOGIN}passkey/", {"ask": "1"}).json()["publicKey"]
    assert not options.get("allowCredentials")


def test_the_door_for_passkeys_is_limited_by_network(carol, monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_network", "3/3600")
    Bucket.objects.all().delete()
    answers = [Client(REMOTE_ADDR="192.0.2.7").post(f"{LOGIN}passkey/", {"ask": "1"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_an_address_that_is_known_is_answered_as_one_that_is_not(carol):
    closed = Reader.objects.create_superuser(
        "closed@example.org", cast.PASSWORD, name="Closed", is_active=False
    )
    pages = set()
    for email, password in [
        (carol.email, "wrong"),
        ("nobody@example.org", "wrong"),
        (closed.email, cast.PASSWORD),
        (closed.email, "wrong"),
    ]:
        window = Client()
        window.get(LOGIN)
        answer = window.post(LOGIN, {"username": email, "password": password})
        text = answer.content.decode().replace(email, "WHO")
        token = window.cookies["csrftoken"].value
        assert token
        pages.add((answer.status_code, re.sub(r'(csrf\w*" value=|"CSRF_TOKEN": )"[^"]+"', "", text)))
    assert len(pages) == 1


def test_a_password_is_hashed_as_often_for_an_unknown_address(carol, monkeypatch):
    """The same time: scrypt, which takes nearly all of it, runs once either way."""
    from django.contrib.auth.hashers import ScryptPasswordHasher

    runs = []
    honest = ScryptPasswordHasher.encode

    def noted(*args, **kwargs):
        runs.append(args)
        return honest(*args, **kwargs)

    monkeypatch.setattr(ScryptPasswordHasher, "encode", noted)
    link_only = Reader.objects.create_superuser("link@example.org", name="Link only")
    counts = []
    for email in (carol.email, "nobody@example.org", link_only.email):
        runs.clear()
        Client().post(LOGIN, {"username": email, "password": "wrong"})
        counts.append(len(runs))
    assert counts == [1, 1, 1]


def test_whoever_lost_every_device_is_let_in_by_link_alone_and_is_signed_out_elsewhere(
    secret, at_desk, carol
):
    """What `broadsheet admit --forget-factors` does, on the server itself."""
    assert factors.forget_all(carol) == 2
    assert not signed_in(at_desk)
    window = Client()
    assert window.post(signing_in.path_of(signing_in.make_link(carol)))["Location"] == "/newsroom/"
    assert signed_in(window)

"""The readers' doors: by code, link and password. Nobody learns who has an account; nothing is kept of strangers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from broadsheet.accounts.tests.cast import HERE, OURS, SIGN_IN, arrive, ask, browser, letter_to, signed_in
from broadsheet.readers import codes
from broadsheet.readers.models import Reader, SignInCode
from broadsheet.readers.tests.cast import shown_by_app
from broadsheet.wiring import letters

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("publication")]

WRONG = "0000 0000"
PASSWORD = "a quay in the morning"


def test_a_code_opens_an_account_and_asks_for_a_name():
    client = browser()
    place = ask(client, "Dora@Example.org")
    code, _ = letter_to("dora@example.org")
    answer = client.post(place, {"code": code})
    assert answer["Location"] == "/account/name/"
    reader = Reader.objects.get(email="dora@example.org")
    assert reader.address_proved_at and not reader.is_staff and not reader.has_usable_password()
    assert "dora" not in reader.name.lower()
    assert signed_in(client)


def test_whoever_comes_back_by_a_code_is_the_same_reader_and_led_on(alice):
    arrive(alice.email)
    client = browser()
    place = ask(client, "ALICE@example.org", next="/2026/03/02/the-tide/")
    code, _ = letter_to(alice.email)
    assert client.post(place, {"code": code})["Location"] == "/2026/03/02/the-tide/"
    assert Reader.objects.count() == 1


def test_nobody_is_led_to_another_site(alice):
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        client = browser()
        Reader.objects.update(last_login=timezone.now())
        place = ask(client, alice.email, next=elsewhere)
        assert client.post(place, {"code": letter_to(alice.email)[0]})["Location"] == HERE


def test_the_link_in_the_letter_signs_in_by_a_post_alone_in_any_browser(alice):
    place = ask(browser(), alice.email)
    code, link = letter_to(alice.email)
    for _ in range(3):
        looked = Client().get(link)
        assert looked.status_code == 200 and alice.email in looked.content.decode()
        assert not looked.cookies
    client = browser()
    assert client.post(link).status_code == 302
    assert signed_in(client)
    assert browser().post(link).status_code == 410
    assert browser().post(place, {"code": code}).status_code == 410


def test_a_link_opens_an_account_too():
    ask(browser(), "dora@example.org")
    _, link = letter_to("dora@example.org")
    assert Reader.objects.count() == 0
    assert browser().post(link)["Location"] == "/account/name/"


def test_a_code_is_worth_nothing_at_another_place_or_after_five_wrong_ones(alice):
    place = ask(browser(), alice.email)
    code, _ = letter_to(alice.email)
    assert browser().post(ask(browser(), "bob@example.org"), {"code": code}).status_code == 422
    answers = [browser().post(place, {"code": WRONG}).status_code for _ in range(codes.MOST_TRIES)]
    assert answers == [422] * codes.MOST_TRIES
    assert browser().post(place, {"code": code}).status_code == 410


def test_an_old_code_opens_nothing():
    place = ask(browser(), "dora@example.org")
    code, link = letter_to("dora@example.org")
    SignInCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for spent in (browser().post(place, {"code": code}), browser().post(link)):
        assert spent.status_code == 410 and "30 minutes" in spent.content.decode()
    assert not Reader.objects.exists()


def _plain(answer):
    headers = {
        name: value for name, value in answer.items() if name not in {"Content-Length", "Expires", "Location"}
    }
    body = re.sub(r"[\w.]+@example\.org|/account/code/[^/]+/", "…", answer.content.decode())
    return answer.status_code, headers, body, sorted(answer.cookies)


def test_no_answer_tells_whether_an_address_is_known(alice, carol):
    alice.set_password(PASSWORD)
    alice.save()
    closed = Reader.objects.create_user("gone@example.org", name="Gone", is_active=False)

    def told(email):
        client = browser()
        asked = client.post("/account/letters/", {"email": email})
        letters.send_due()
        place = asked["Location"]
        return [
            _plain(answer)
            for answer in (
                asked,
                client.get(place),
                *(client.post(place, {"code": WRONG}) for _ in range(codes.MOST_TRIES + 1)),
                client.post(SIGN_IN, {"email": email, "password": "wrong"}),
            )
        ]

    known = told(alice.email)
    assert known == told("nobody@example.org") == told(carol.email) == told(closed.email)
    assert [status for status, *_ in known] == [303, 200, *[422] * codes.MOST_TRIES, 410, 422]


def test_a_known_and_an_unknown_address_get_the_same_letter(alice):
    for email in (alice.email, "nobody@example.org"):
        ask(browser(), email)
        letters.send_due()
    one, other = (re.sub(r"\d{4} \d{4}|/sign-in/\S+", "…", str(letter.body)) for letter in mail.outbox)
    assert one == other
    assert len({letter.subject for letter in mail.outbox}) == 1


@pytest.mark.only_on("sqlite")
def test_as_many_statements_are_asked_for_a_known_address_as_for_an_unknown_one(
    alice, django_assert_max_num_queries
):
    """What takes the same steps takes the same time."""
    counts = []
    for email in (alice.email, "nobody@example.org"):
        with django_assert_max_num_queries(1000) as asked:
            ask(browser(), email)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_password_opens_the_door_and_a_wrong_one_does_not(alice):
    alice.set_password(PASSWORD)
    alice.save()
    client = browser()
    wrong = client.post(SIGN_IN, {"email": alice.email, "password": "no"})
    assert wrong.status_code == 422 and alice.email in wrong.content.decode()
    assert "no" not in re.findall(r'type="password"[^>]*value="([^"]*)"', wrong.content.decode())
    assert not signed_in(client)
    right = client.post(SIGN_IN, {"email": "Alice@Example.org", "password": PASSWORD})
    assert right["Location"] == HERE
    assert signed_in(client)


def test_signing_in_sets_the_mark_that_pages_ask_for_and_signing_out_takes_it(alice):
    client = arrive(alice.email)
    assert client.cookies["signed_in"].value == "1" and not client.cookies["signed_in"]["httponly"]
    assert client.get("/mine.json").json()["name"] == "Alice"
    assert client.post("/account/sign-out/")["Location"] == "/"
    assert client.cookies["signed_in"].value == ""
    assert client.get("/mine.json").json()["name"] is None
    assert not signed_in(client)


def test_who_is_not_signed_in_gets_no_cookie_wherever_they_look_and_whatever_they_ask():
    client = browser()
    place = ask(client, "dora@example.org")
    letters.send_due()
    client.get(SIGN_IN)
    client.get(place)
    client.post(place, {"code": WRONG})
    client.post(SIGN_IN, {"email": "dora@example.org", "password": "x"})
    client.get(HERE)
    assert not client.cookies


def test_every_page_is_kept_by_nobody(alice):
    client = browser(alice)
    for path in (SIGN_IN, HERE, "/account/name/", "/account/comments/", "/account/code/x/"):
        for answer in (client.get(path), Client().get(path)):
            assert "no-store" in answer["Cache-Control"], path
            assert answer["X-Robots-Tag"] == "noindex"


def test_another_site_can_neither_sign_anybody_in_nor_out_nor_change_a_name(alice):
    alice.set_password(PASSWORD)
    alice.save()
    foreign: list[dict[str, Any]] = [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
    ]
    for headers in foreign:
        mallory = Client(**headers)
        given = {"email": alice.email, "password": PASSWORD}
        assert mallory.post(SIGN_IN, given).status_code == 403
        assert mallory.post("/account/letters/", given).status_code == 403
        mallory.force_login(alice)
        assert mallory.post("/account/name/", {"name": "Fool"}).status_code == 403
        assert mallory.post("/account/sign-out/").status_code == 403
        assert mallory.get(HERE).status_code == 200
    silent = Client()
    silent.force_login(alice)
    assert silent.post("/account/name/", {"name": "Fool"})["Location"].startswith(SIGN_IN)
    alice.refresh_from_db()
    assert alice.name == "Alice"


def test_letters_to_one_address_are_few_whoever_asks(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_letters", "3/3600")
    answers = [
        Client(**OURS | {"REMOTE_ADDR": f"198.51.{n}.7"}).post(
            "/account/letters/", {"email": "dora@example.org"}
        )
        for n in range(5)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    for _ in range(5):
        letters.send_due()
    assert len(mail.outbox) == 3


def test_tries_are_counted_at_every_door(monkeypatch, alice):
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_network", "2/3600")
    doors = {
        SIGN_IN: {"email": alice.email, "password": "x"},
        "/account/letters/": {"email": alice.email},
        "/account/code/x/": {"code": WRONG},
        "/account/sign-in/x/": {},
        "/account/passkey/": {"credential": "{}"},
    }
    for path, given in doors.items():
        answers = [browser().post(path, given) for _ in range(3)]
        assert [answer.status_code == 429 for answer in answers] == [False, False, True], path
        assert "tried too often" in answers[-1].content.decode() and int(answers[-1]["Retry-After"]) > 0
        typed = given.get("email") or given.get("code", "")
        assert not typed or f'value="{typed}"' in answers[-1].content.decode(), path


def test_a_publication_without_a_mail_server_says_that_no_account_can_be_opened(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "mail_url", "")
    assert "/account/letters/" not in browser().get(SIGN_IN).content.decode()
    assert browser().post("/account/letters/", {"email": "dora@example.org"}).status_code == 503


def test_where_no_accounts_are_opened_only_readers_get_letters(monkeypatch, alice):
    monkeypatch.setitem(settings.OPTIONS, "sign_up", False)
    for email in ("dora@example.org", alice.email):
        ask(browser(), email)
        letters.send_due()
    assert [letter.to for letter in mail.outbox] == [[alice.email]]


def test_a_reader_who_entered_by_the_readers_door_is_let_into_no_part_of_the_newsroom(alice):
    client = arrive(alice.email)
    assert client.get("/newsroom/").status_code == 302
    assert client.get("/newsroom/account/security/").status_code == 302


def test_whoever_has_an_authenticator_app_is_asked_for_its_code_in_the_look_of_the_paper(alice):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    TOTP.activate(alice, secret)
    client = browser()
    place = ask(client, alice.email)
    answer = client.post(place, {"code": letter_to(alice.email)[0]}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/second-factor/"
    assert not signed_in(client)
    assert client.post("/account/second-factor/", {"code": "000000"}).status_code == 422
    assert client.post("/account/second-factor/", {"code": shown_by_app(secret)}).status_code == 302
    assert signed_in(client)


@pytest.mark.parametrize("path", ["/account/second-factor/", HERE, "/account/name/", "/account/comments/"])
def test_without_being_signed_in_one_is_led_to_the_door(path):
    assert Client().get(path)["Location"].startswith(SIGN_IN)


def test_the_passkey_of_a_closed_account_opens_as_little_as_an_unknown_one(alice, monkeypatch):
    """Only a browser can make what a passkey answers; here it is taken for right."""
    passkey = Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data={})
    monkeypatch.setattr(LoginWebAuthnForm, "clean_credential", lambda form: passkey)
    alice.is_active = False
    alice.save()
    client = browser()
    answers = [client.post("/account/passkey/", {"credential": given}) for given in ('{"id": "x"}', "")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].content == answers[1].content


def test_whoever_has_a_wide_network_bombs_no_strangers_from_all_of_it(settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_sign_in_network": "2/600"}
    answers = [
        Client(**OURS, REMOTE_ADDR=f"2001:470:1:{number:x}::1").post(
            "/account/letters/", {"email": f"stranger{number}@example.org"}
        )
        for number in range(12)
    ]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429] * 2


def test_an_address_that_is_nobody_s_gets_few_letters_a_day_and_one_of_a_reader_gets_on(alice, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_sign_in_letters": "100/3600"}
    for email in ("stranger@example.org", alice.email):
        for _ in range(8):
            ask(browser(), email)
    while letters.send_due():
        pass
    sent = [letter.to[0] for letter in mail.outbox]
    assert (sent.count("stranger@example.org"), sent.count(alice.email)) == (5, 8)

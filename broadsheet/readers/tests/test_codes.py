import re
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from broadsheet.limits.models import Bucket
from broadsheet.mail.tests.server import speak_smtp
from broadsheet.readers import codes
from broadsheet.readers.models import Reader, SignInCode
from broadsheet.readers.tests.cast import LOGIN, SECOND, enter, set_up_app, shown_by_app, signed_in
from broadsheet.wiring import letters
from tests import homes

pytestmark = pytest.mark.django_db(databases="__all__")

ASK, CODE = f"{LOGIN}link/", f"{LOGIN}code/"
WRONG = "0000 0000"


@pytest.fixture(autouse=True)
def mails(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "mail_url", "smtp://mail.example.org")
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_network", "100/600")


class Letters(Message):
    """Whatever is sent to this mail server."""

    def __init__(self):
        super().__init__()
        self.taken = []

    def handle_message(self, message):
        self.taken.append(message)


@pytest.fixture
def mail_server(settings):
    inbox = Letters()
    server = Controller(inbox, hostname="127.0.0.1", port=homes.free_port(), ready_timeout=60)
    server.start()
    speak_smtp(settings, f"smtp://127.0.0.1:{server.port}")
    yield inbox
    server.stop()


def code_in(text: str) -> str:
    return re.findall(r"\b\d{4} \d{4}\b", text)[0]


def code_sent_to(client: Client, email: str) -> str:
    assert client.post(ASK, {"email": email})["Location"] == CODE
    assert letters.send_due() == 1
    return code_in(str(mail.outbox[-1].body))


def test_a_code_that_came_by_mail_signs_in_the_browser_that_asked(client, carol, mail_server):
    client.post(ASK, {"email": carol.email})
    assert letters.send_due() == 1
    [letter] = mail_server.taken
    assert letter["To"] == carol.email
    code = code_in(message_from_bytes(letter.as_bytes()).get_payload(decode=True).decode())
    assert code not in letter["Subject"]  # which a locked telephone shows

    assert "one-time-code" in client.get(CODE).content.decode()
    answer = client.post(CODE, {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/newsroom/")
    assert signed_in(client)


def test_a_code_opens_no_other_browser(client, carol):
    code = code_sent_to(client, carol.email)
    stranger = Client()
    assert stranger.post(CODE, {"code": code})["Location"] == LOGIN
    stranger.post(ASK, {"email": carol.email})
    assert stranger.post(CODE, {"code": code}).status_code == 422
    assert not signed_in(stranger)


def test_a_code_works_once_and_spends_what_else_was_sent(client, carol):
    code = code_sent_to(client, carol.email)
    link = re.findall(r"/newsroom/sign-in/\S+", str(mail.outbox[-1].body))[0]
    other = Client()
    other_code = code_sent_to(other, carol.email)
    assert client.post(CODE, {"code": code}).status_code == 302
    client.logout()
    assert client.post(CODE, {"code": code})["Location"] == LOGIN
    assert Client().post(link).status_code == 410
    assert other.post(CODE, {"code": other_code}).status_code == 410


def test_a_link_spends_the_code_beside_it(client, carol):
    code = code_sent_to(client, carol.email)
    link = re.findall(r"/newsroom/sign-in/\S+", str(mail.outbox[-1].body))[0]
    assert Client().post(link).status_code == 302
    assert client.post(CODE, {"code": code}).status_code == 410


def test_after_five_wrong_codes_the_right_one_is_worth_nothing(client, carol):
    code = code_sent_to(client, carol.email)
    assert [client.post(CODE, {"code": WRONG}).status_code for _ in range(codes.MOST_TRIES)] == [422] * 5
    assert client.post(CODE, {"code": code}).status_code == 410
    assert not signed_in(client)


def test_an_old_code_signs_nobody_in_and_is_forgotten(client, carol):
    code = code_sent_to(client, carol.email)
    SignInCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(CODE, {"code": code}).status_code == 410
    assert codes.forget_old() == 1


def test_nobody_learns_from_the_code_s_door_who_works_here(carol):
    def what_happens_to(email: str) -> list[tuple[int, str]]:
        browser = Client()
        browser.post(ASK, {"email": email})
        letters.send_due()
        answers = [browser.post(CODE, {"code": WRONG}) for _ in range(codes.MOST_TRIES + 1)]
        return [(answer.status_code, _without_tokens(answer.content.decode())) for answer in answers]

    Reader.objects.create_user("alice@example.org", name="Alice")
    of_staff = what_happens_to(carol.email)
    assert of_staff == what_happens_to("alice@example.org") == what_happens_to("nobody@example.org")
    assert [letter.to for letter in mail.outbox] == [[carol.email]]


def _without_tokens(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|csrfToken": ?|CSRF_TOKEN": ?)"\w+"', "", page)


def test_a_code_of_a_closed_account_or_another_address_signs_nobody_in(client, carol):
    code = code_sent_to(client, carol.email)
    Reader.objects.filter(pk=carol.pk).update(email="carol@elsewhere.example")
    assert client.post(CODE, {"code": code}).status_code == 422
    Reader.objects.filter(pk=carol.pk).update(email="carol@example.org", is_active=False)
    assert client.post(CODE, {"code": code}).status_code == 422
    Reader.objects.filter(pk=carol.pk).update(is_active=True)
    assert client.post(CODE, {"code": code}).status_code == 302


def test_whoever_has_a_second_factor_is_asked_for_it_behind_the_code(client, carol):
    enter(client, carol)
    secret, _ = set_up_app(client)
    browser = Client()
    answer = browser.post(CODE, {"code": code_sent_to(browser, carol.email)})
    assert answer["Location"].startswith(SECOND)
    assert not signed_in(browser)
    browser.post(SECOND, {"code": shown_by_app(secret)})
    assert signed_in(browser)


def test_a_code_may_be_typed_with_gaps_and_in_other_digits(client, carol):
    code = code_sent_to(client, carol.email).replace(" ", "")
    arabic = code.translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)})
    assert client.post(CODE, {"code": f" {arabic[:3]}-{arabic[3:]} "}).status_code == 302


def test_only_digests_of_a_code_are_stored(client, carol):
    code = code_sent_to(client, carol.email).replace(" ", "")
    assert code not in str(SignInCode.objects.values().get())
    assert client.session["asked_for_code"] not in str(SignInCode.objects.values().get())


def test_tries_at_codes_are_limited_by_network(client, carol, monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_network", "3/3600")
    Bucket.objects.all().delete()
    code = code_sent_to(client, carol.email)
    assert [client.post(CODE, {"code": WRONG}).status_code for _ in range(4)] == [422, 422, 422, 429]
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post(CODE, {"code": code}, **elsewhere).status_code == 302


def test_without_having_asked_one_is_led_to_the_door(client):
    assert client.get(CODE)["Location"] == LOGIN


def test_a_code_needs_the_form_of_this_site(carol):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(LOGIN).content.decode()
    token = re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)[0]
    strict.post(ASK, {"email": carol.email, "csrfmiddlewaretoken": token})
    letters.send_due()
    assert strict.post(CODE, {"code": code_in(str(mail.outbox[-1].body))}).status_code == 403

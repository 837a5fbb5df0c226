import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client
from django.utils import timezone

from broadsheet.limits.models import Bucket
from broadsheet.mail.models import Letter
from broadsheet.readers import signing_in
from broadsheet.readers.models import Reader, SignInLink
from broadsheet.readers.tests.cast import LOGIN, signed_in
from broadsheet.wiring import letters

pytestmark = pytest.mark.django_db(databases="__all__")

ASK = f"{LOGIN}link/"


@pytest.fixture
def mails(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "mail_url", "smtp://mail.example.org")


def test_without_a_mail_server_no_link_is_offered(client, carol):
    assert "Send me a link" not in client.get(LOGIN).content.decode()
    assert client.post(ASK, {"email": carol.email}).status_code == 404


def test_a_link_comes_by_mail_and_signs_in_once(mails, client, carol):
    assert "Send me a link" in client.get(LOGIN).content.decode()
    assert client.post(ASK, {"email": carol.email.upper()}).status_code == 302
    assert mail.outbox == []  # nothing is sent while somebody waits
    assert letters.send_due() == 1
    assert mail.outbox[0].to == [carol.email]
    path = re.findall(r"/newsroom/sign-in/\S+", str(mail.outbox[0].body))[0]
    assert client.post(path).status_code == 302
    assert signed_in(client)
    assert Client().post(path).status_code == 410
    assert letters.send_due() == 0


def test_every_address_is_answered_alike_and_only_staff_get_a_letter(mails, carol):
    Reader.objects.create_user("alice@example.org", name="Alice")
    Reader.objects.create_superuser("closed@example.org", name="Closed", is_active=False)
    answers = set()
    for email in (carol.email, "alice@example.org", "closed@example.org", "nobody@example.org"):
        answer = Client().post(ASK, {"email": email}, follow=True)
        answers.add(
            (answer.status_code, answer.content.decode().replace(email, "WHO").replace(settings.URL, ""))
        )
    assert len({status for status, _ in answers}) == 1
    assert Letter.objects.count() == 4
    assert carol.email not in str(list(Letter.objects.values()))
    assert letters.send_due() == 4
    assert [letter.to for letter in mail.outbox] == [[carol.email]]


def test_a_letter_that_the_server_does_not_take_is_sent_later(mails, client, carol, monkeypatch):
    client.post(ASK, {"email": carol.email})

    def down(*args: object) -> int:
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as broken:
        broken.setattr(locmem.EmailBackend, "open", down)
        assert letters.send_due() == 0
        assert not SignInLink.objects.exists()
    assert letters.send_due() == 0, "not again at once"
    Letter.objects.update(due_at=timezone.now())
    assert letters.send_due() == 1
    assert len(mail.outbox) == 1


def test_a_letter_that_nobody_takes_keeps_no_other_waiting(mails, carol, monkeypatch):
    other = Reader.objects.create(name="Dora", email="dora@example.org", is_staff=True)
    for email in (carol.email, other.email):
        Client().post(ASK, {"email": email})
    send = locmem.EmailBackend.send_messages

    def refuse(backend, letters):
        if letters[0].to == [carol.email]:
            raise SMTPRecipientsRefused({carol.email: (450, b"later")})
        return send(backend, letters)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    letters.send_due()
    letters.send_due()
    assert [letter.to for letter in mail.outbox] == [[other.email]]


def test_one_address_is_not_flooded(mails, carol, monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_account", "3/3600")
    Bucket.objects.all().delete()
    asked = [
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(ASK, {"email": carol.email}).status_code
        for number in range(5)
    ]
    assert asked == [302, 302, 302, 429, 429]


def test_a_link_dies_with_the_address_it_was_sent_to(client, carol):
    path = signing_in.path_of(signing_in.make_link(carol))
    carol.email = "carol@elsewhere.example"
    carol.save()
    assert client.post(path).status_code == 410


def test_a_link_of_the_first_edition_still_works(client, carol):
    path = signing_in.path_of(signing_in.make_link(carol, timedelta(hours=1)))
    SignInLink.objects.update(email="")
    assert SignInLink.objects.get().expires_at > timezone.now()
    assert client.post(path).status_code == 302

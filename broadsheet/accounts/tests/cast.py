"""Browsers of readers: a form of ours says where it comes from, as browsers do."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from broadsheet.wiring import letters

OURS: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
SIGN_IN, HERE = "/account/sign-in/", "/account/"


@pytest.fixture(autouse=True)
def mails(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "mail_url", "smtp://mail.example.org")
    monkeypatch.setitem(settings.OPTIONS, "limit_sign_in_network", "1000/600")


def browser(reader=None):
    """A browser that sends what browsers send, signed in as somebody or not."""
    client = Client(**OURS)
    if reader is not None:
        client.force_login(reader)
    return client


def ask(client, email, **more):
    """Ask for a letter; where its code is typed."""
    answer = client.post("/account/letters/", {"email": email, **more})
    assert answer.status_code == 303, answer.content.decode()
    return answer["Location"]


def letter_to(email):
    """The letter that was sent last: its code and its link."""
    letters.send_due()
    letter = next(each for each in reversed(mail.outbox) if each.to == [email])
    text = str(letter.body)
    link = re.search(r"/account/sign-in/\S+", text)
    return re.findall(r"\b\d{4} \d{4}\b", text)[0], link[0] if link else ""


def arrive(email, client=None):
    """Sign in, or up, by a code: the browser that did."""
    client = client or browser()
    place = ask(client, email)
    code, _ = letter_to(email)
    assert client.post(place, {"code": code}).status_code == 302
    return client


def signed_in(client):
    return client.get(HERE).status_code == 200


def where(answer):
    return unquote(answer["Location"])

"""Somebody at the door in these tests: what they do with a browser, and what their authenticator app shows."""

import re
import time
from html import unescape

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from broadsheet.limits.models import Bucket
from broadsheet.readers.models import Reader

PASSWORD = "a-quay-in-the-morning"
LOGIN = "/newsroom/login/"
SECOND = "/newsroom/login/second-factor/"
AGAIN = "/newsroom/login/again/"
SECURITY = "/newsroom/account/security/"


def signed_in(client: Client) -> bool:
    return client.get("/newsroom/").status_code == 200


def enter(client: Client, reader: Reader, password: str = PASSWORD):
    return client.post(LOGIN, {"username": reader.email, "password": password})


def prove_again(client: Client, password: str = PASSWORD):
    return client.post(AGAIN, {"password": password})


def shown_by_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def forget_spent() -> None:
    """As if two minutes had passed."""
    Bucket.objects.filter(key__startswith="spent/").delete()


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """The secret and the recovery codes, as its owner reads them off the pages."""
    prove_again(client)
    page = client.get(f"{SECURITY}app/").content.decode()
    signed = unescape(re.findall(r'name="signed_secret" value="([^"]+)"', page)[0])
    secret = signed.partition(":")[0]
    answer = client.post(f"{SECURITY}app/", {"signed_secret": signed, "code": shown_by_app(secret)})
    assert answer.status_code == 200, answer.content.decode()
    forget_spent()
    return secret, re.findall(r"<li>(\d{8})</li>", answer.content.decode())

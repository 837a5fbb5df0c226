"""Sign in by a link that works once, and count tries to sign in by password.

A link is never limited: its token cannot be guessed, and whoever attacks the password form must not lock the owner out.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from broadsheet.kit import networks
from broadsheet.limits import limiting
from broadsheet.limits.limiting import Rate
from broadsheet.readers.models import Reader, SignInLink

LIFETIME = timedelta(hours=24)


class LinkSpent(Exception):
    """The link was used, is too old, or never was one."""


@dataclass(frozen=True)
class TooManyTries:
    retry_after: int
    """In seconds."""


def make_link(reader: Reader, lifetime: timedelta = LIFETIME) -> str:
    """The token of a new link for `reader`; only its digest is stored."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(reader=reader, digest=_digest(token), expires_at=timezone.now() + lifetime)
    return token


def path_of(token: str) -> str:
    """Where a link leads, from the root."""
    return f"/newsroom/sign-in/{token}/"


def find_link(token: str) -> SignInLink:
    """The link as long as it can be used. Looking changes nothing, since mail scanners look too."""
    link = _usable().select_related("reader").filter(digest=_digest(token)).first()
    if link is None:
        raise LinkSpent
    return link


def use_link(token: str, password: str = "") -> Reader:
    """Spend the link, and every other one of its reader; `password`, if any, becomes theirs."""
    now = timezone.now()
    with transaction.atomic():
        if not _usable().filter(digest=_digest(token)).update(used_at=now):
            raise LinkSpent
        reader = Reader.objects.get(sign_in_links__digest=_digest(token))
        reader.sign_in_links.filter(used_at=None).update(used_at=now)
        if password:
            reader.set_password(password)
            reader.save(update_fields=["password"])
    return reader


def count_try(address: str, email: str) -> TooManyTries | None:
    """Count one try to sign in with a password; None where it may go ahead."""
    digest = settings.KEYRING.digest
    network_key = f"sign-in/network/{digest('network', networks.network_of(address))}"
    account_key = f"sign-in/account/{digest('account', email.strip().casefold())}"
    return _count(network_key, "limit_sign_in_network") or _count(account_key, "limit_sign_in_account")


def _count(key: str, option: str) -> TooManyTries | None:
    rate = Rate.parse(str(settings.OPTIONS[option]))
    if limiting.admit(key, rate):
        return None
    return TooManyTries(limiting.seconds_until_admitted(key, rate))


def _usable() -> "QuerySet[SignInLink]":
    return SignInLink.objects.filter(used_at=None, expires_at__gt=timezone.now(), reader__is_active=True)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

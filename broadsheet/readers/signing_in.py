"""Sign in by a link that works once."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from broadsheet.readers.models import Reader, SignInCode, SignInLink

LIFETIME = timedelta(hours=24)


class LinkSpent(Exception):
    """The link was used, is too old, or never was one."""


def make_link(reader: Reader, lifetime: timedelta = LIFETIME) -> str:
    """The token of a new link for `reader`; only its digest is stored."""
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        reader=reader, email=reader.email, digest=_digest(token), expires_at=timezone.now() + lifetime
    )
    return token


def forget_link(token: str) -> None:
    """A link that reached nobody."""
    SignInLink.objects.filter(digest=_digest(token)).delete()


def forget_old() -> int:
    """Delete the links that open nothing any more; the clock calls it."""
    return int(SignInLink.objects.filter(expires_at__lt=timezone.now()).delete()[0])


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
        spend_all(reader)
        if password:
            reader.set_password(password)
            reader.save(update_fields=["password"])
    return reader


def spend_all(reader: Reader) -> None:
    """No link and no code that went to this reader so far opens anything any more."""
    now = timezone.now()
    reader.sign_in_links.filter(used_at=None).update(used_at=now)
    theirs = Q(reader=reader) | Q(reader=None, email=reader.email)
    SignInCode.objects.filter(theirs, used_at=None).update(used_at=now)


def _usable() -> "QuerySet[SignInLink]":
    same_address = Q(email=F("reader__email")) | Q(email="")  # links of the first edition did not note it
    return SignInLink.objects.filter(
        same_address, used_at=None, expires_at__gt=timezone.now(), reader__is_active=True
    )


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

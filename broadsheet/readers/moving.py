"""Change the address of an account. Both sides are told: the new one must agree, the old one can stop it for a week.

Whoever got hold of an account for a moment does not keep it: stopping gives the old address back, signs everybody out,
and takes away the password and whatever else opens the account by then. Its owner comes in by a letter.
"""

import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from broadsheet.events.recording import record
from broadsheet.mail import writing
from broadsheet.mail.kinds import Content, Kind, NotNeeded, Pace, Waiting
from broadsheet.readers import factors, sessions, signing_in, signing_up
from broadsheet.readers.models import AddressChange, Reader

AGREED_WITHIN = timedelta(days=1)
STOPPED_WITHIN = timedelta(days=7)
TOLD_OF = MappingProxyType({"name": "reader.changed", "email": "reader.moved", "is_active": "profile.turned"})
"""The facts that pages and letters hear, by what was changed of an account."""


class NoSuchChange(Exception):
    """The link was used, is too old, or never was one; or the address is somebody else's by now."""


def ask(reader: Reader, email: str) -> None:
    """Write both letters. Whether the new address has an account already, nobody but its owner learns."""
    agree, stop = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    language = get_language() or ""
    with transaction.atomic():
        change = AddressChange.objects.create(
            reader=reader,
            old=settings.KEYRING.seal(reader.email),
            new=settings.KEYRING.seal(email),
            digest=_digest(agree),
            stop_digest=_digest(stop),
        )
        facts = {"change": change.pk}
        writing.write(TO_NEW, to=email, facts=facts, secret={"token": agree}, language=language)
        writing.write(TO_OLD, to=reader.email, facts=facts, secret={"token": stop}, language=language)


def find(token: str) -> AddressChange:
    """The change that the new address may agree to. Looking changes nothing."""
    open_changes = AddressChange.objects.filter(made_at=None, stopped_at=None, reader__is_active=True)
    found = open_changes.select_related("reader").filter(digest=_digest(token)).first()
    if found is None or found.asked_at < timezone.now() - AGREED_WITHIN:
        raise NoSuchChange
    if found.reader.email != old_of(found) or Reader.objects.filter(email=new_of(found)).exists():
        raise NoSuchChange
    return found


def agree(token: str) -> Reader:
    """The new address is the account's from now on; sessions end, and letters to the old one open nothing."""
    with transaction.atomic():
        change = find(token)
        still_open = AddressChange.objects.filter(pk=change.pk, made_at=None, stopped_at=None)
        if not still_open.update(made_at=timezone.now()):
            raise NoSuchChange
        reader = change.reader
        signing_in.spend_all(reader)
        if not _move(reader, new_of(change)):
            raise NoSuchChange
        signing_up.prove_address(reader)
        sessions.end_all(reader)
    return reader


def find_to_stop(token: str) -> AddressChange:
    since = timezone.now() - STOPPED_WITHIN
    found = AddressChange.objects.select_related("reader").filter(
        stop_digest=_digest(token), stopped_at=None, asked_at__gt=since
    )
    if not (change := found.first()):
        raise NoSuchChange
    return change


def stop(token: str) -> None:
    """It was not its reader who asked: nothing is changed, or all is changed back.

    Whoever asked for this one asked for those after it, and has their letters: neither their links to agree nor their
    links to stop, which would give an address of theirs back, work any more. Of those before it the latter still do.
    """
    with transaction.atomic():
        change = find_to_stop(token)
        theirs = AddressChange.objects.filter(reader=change.reader, stopped_at=None)
        theirs.filter(Q(pk__gte=change.pk) | Q(made_at=None)).update(stopped_at=timezone.now())
        change.refresh_from_db()  # the new address may have agreed this very moment
        reader, old = change.reader, old_of(change)
        signing_in.spend_all(reader)
        if change.made_at is not None:
            _move(reader, old)
        reader.set_unusable_password()
        reader.save(update_fields=["password"])
        factors.forget_all(reader)


def _move(reader: Reader, email: str) -> bool:
    """Whether the address is the account's now; not where it is somebody else's, from this very moment perhaps."""
    try:
        with transaction.atomic():
            Reader.objects.filter(pk=reader.pk).update(email=email)
    except IntegrityError:
        return False
    reader.email = email
    record("reader.moved", reader=reader.pk)
    return True


@contextmanager
def told(reader: Reader, *, of: Collection[str]) -> Iterator[None]:
    """What the newsroom changes of an account is saved in here: that mail reaches another address nobody has shown."""
    if "email" in of:
        reader.address_proved_at = None
    with transaction.atomic():
        yield
        for field in TOLD_OF.keys() & set(of):
            record(TOLD_OF[field], reader=reader.pk)


def forget_old() -> int:
    """Delete the changes that nobody can agree to or stop any more; the clock calls it."""
    return int(AddressChange.objects.filter(asked_at__lt=timezone.now() - STOPPED_WITHIN).delete()[0])


def old_of(change: AddressChange) -> str:
    address: str = settings.KEYRING.unseal(bytes(change.old))
    return address


def new_of(change: AddressChange) -> str:
    address: str = settings.KEYRING.unseal(bytes(change.new))
    return address


def _compose_to_new(letters: Sequence[Waiting]) -> Content:
    [letter] = letters
    _standing(letter)
    link = f"{settings.URL}/account/address/{letter.secret['token']}/"
    with override(letter.language or settings.LANGUAGE_CODE):
        text = gettext(
            "Somebody wants this to be the address of their account at %(site)s.\n\n"
            "If it was you, follow this link within a day:\n%(link)s\n\n"
            "If it was not you, nothing needs to be done. An address that has an account here already stays with it.\n"
        ) % {"site": settings.URL, "link": link}
        return Content(subject=gettext("A new address for your account"), text=text)


def _compose_to_old(letters: Sequence[Waiting]) -> Content:
    [letter] = letters
    _standing(letter)
    link = f"{settings.URL}/account/address/stop/{letter.secret['token']}/"
    with override(letter.language or settings.LANGUAGE_CODE):
        text = gettext(
            "Somebody who is signed in to your account at %(site)s asked for another address for it.\n\n"
            "If it was you, nothing needs to be done. If it was not, follow this link within a week:\n%(link)s\n\n"
            "It gives you your address back, signs everybody out, and takes away password, passkeys and authenticator "
            "app; you come in by a letter then.\n"
        ) % {"site": settings.URL, "link": link}
        return Content(subject=gettext("Your account shall get another address"), text=text)


def _standing(letter: Waiting) -> None:
    if not AddressChange.objects.filter(pk=letter.facts["change"], stopped_at=None).exists():
        raise NotNeeded("The change of address was stopped or is forgotten.")


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


TO_NEW = Kind(
    "new-address",
    compose=_compose_to_new,
    asked=True,
    caps=(Pace(5, timedelta(days=1)),),  # it may be somebody else's
    lifetime=AGREED_WITHIN,
    title="A new address agrees",
)
TO_OLD = Kind(
    "old-address",
    compose=_compose_to_old,
    asked=True,
    caps=(Pace(6, timedelta(hours=1)),),
    lifetime=STOPPED_WITHIN,
    title="An old address is told",
)

"""Sign in by a code that came by mail, for whoever reads mail on another device than the one they write on.

A code opens nothing but in the browser that asked for it. Every address is asked about alike: where it is nobody's,
there is a row too, its tries are counted too, and no code is the right one.
"""

import secrets
from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from broadsheet.readers import signing_in, signing_up
from broadsheet.readers.models import Reader, SignInCode

DIGITS = 8
MOST_TRIES = 5
"""At one code. Whoever guesses on needs another letter, and those are limited by account."""


class WrongCode(Exception):
    """Not the code of this letter."""


class CodeSpent(Exception):
    """The code was used, is too old, was guessed at too often, or never was asked for."""


def ask(lifetime: timedelta) -> tuple[SignInCode, str]:
    """A code that is still nobody's, and what the browser that asks for it must show again."""
    token = secrets.token_urlsafe(32)
    expires_at = timezone.now() + lifetime
    return SignInCode.objects.create(asked=_digest_of_browser(token), expires_at=expires_at), token


def give(code: SignInCode, reader: Reader) -> str:
    """Make the code this reader's; its digits, which are in the letter and nowhere else."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    code.reader, code.email, code.digest = reader, reader.email, _digest(code.asked, digits)
    code.save(update_fields=["reader", "email", "digest"])
    return digits


def give_newcomer(code: SignInCode, email: str) -> str:
    """Make the code that of an address which is nobody's here yet: it opens an account."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    code.email, code.digest = email, _digest(code.asked, digits)
    code.save(update_fields=["email", "digest"])
    return digits


def add_link(code: SignInCode) -> str:
    """The token of a link that does what the code does, for whoever reads the letter on the same device."""
    token = secrets.token_urlsafe(32)
    code.link = _digest_of_browser(token)
    code.save(update_fields=["link"])
    return token


def find_link(token: str) -> SignInCode:
    """The code beside the link, as long as it can be used. Looking changes nothing, since mail scanners look too."""
    code = _open().select_related("reader").filter(link=_digest_of_browser(token)).first()
    if code is None or (code.reader is not None and not _opens(code, code.reader)):
        raise CodeSpent
    return code


def use_link(token: str) -> Reader:
    """Whom the link signs in; the code beside it is spent too."""
    return _spend(find_link(token))


def use(token: str, typed: str) -> Reader:
    """Whom the code signs in. It is spent, and so is every other code and link of theirs."""
    asked = _digest_of_browser(token)
    if not _open().filter(asked=asked, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise CodeSpent
    code = SignInCode.objects.select_related("reader").get(asked=asked)
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    if not compare_digest(code.digest, _digest(asked, digits)):
        raise WrongCode
    if code.reader is not None and not _opens(code, code.reader):
        raise WrongCode
    return _spend(code)


def _open() -> "QuerySet[SignInCode]":
    return SignInCode.objects.filter(used_at=None, expires_at__gt=timezone.now())


def _opens(code: SignInCode, reader: Reader) -> bool:
    return reader.is_active and reader.email == code.email


def _spend(code: SignInCode) -> Reader:
    """Whose code it is, an account opened where it is nobody's; that mail reaches them is known now."""
    with transaction.atomic():
        # One at a time for each address: each spends what the other came with.
        list(SignInCode.objects.select_for_update().filter(email=code.email).order_by("pk").values_list("pk"))
        if not _open().filter(pk=code.pk).update(used_at=timezone.now()):
            raise CodeSpent
        reader = code.reader or signing_up.reader_with(code.email)
        if not reader.is_active:
            raise WrongCode
        signing_in.spend_all(reader)
        signing_up.prove_address(reader)
    return reader


def forget_old() -> int:
    """Delete the codes that open nothing any more; the clock calls it."""
    return int(SignInCode.objects.filter(expires_at__lt=timezone.now()).delete()[0])


def _digest(asked: str, digits: str) -> str:
    """With a key, since so few digits are soon guessed by whoever reads the table."""
    digest: str = settings.KEYRING.digest("sign-in code", f"{asked}/{digits}")
    return digest


def _digest_of_browser(token: str) -> str:
    return sha256(token.encode()).hexdigest()

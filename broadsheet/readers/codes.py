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
from django.db.models import F
from django.utils import timezone

from broadsheet.readers import signing_in
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


def use(token: str, typed: str) -> Reader:
    """Whom the code signs in. It is spent, and so is every other code and link of theirs."""
    now, asked = timezone.now(), _digest_of_browser(token)
    open_codes = SignInCode.objects.filter(asked=asked, used_at=None, expires_at__gt=now)
    if not open_codes.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise CodeSpent
    code = SignInCode.objects.select_related("reader").get(asked=asked)
    digits = "".join(str(int(sign)) for sign in typed if sign.isdecimal())
    reader = code.reader if compare_digest(code.digest, _digest(asked, digits)) else None
    if reader is None or not reader.is_active or reader.email != code.email:
        raise WrongCode
    with transaction.atomic():
        if not open_codes.update(used_at=now):
            raise CodeSpent
        signing_in.spend_all(reader)
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

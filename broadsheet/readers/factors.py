"""What somebody has besides a password: passkeys, an authenticator app, recovery codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from broadsheet.readers import sessions
from broadsheet.readers.models import Reader

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""


@dataclass(frozen=True)
class Factors:
    passkeys: list[Authenticator]
    app: Authenticator | None
    recovery_codes: Authenticator | None

    @property
    def any_second(self) -> bool:
        return bool(self.passkeys or self.app)

    @property
    def codes_left(self) -> int:
        return len(self.recovery_codes.wrap().get_unused_codes()) if self.recovery_codes else 0


def of(reader: Reader) -> Factors:
    found = list(Authenticator.objects.filter(user=reader).order_by("pk"))
    return Factors(
        passkeys=[each for each in found if each.type == Authenticator.Type.WEBAUTHN],
        app=_first(found, Authenticator.Type.TOTP),
        recovery_codes=_first(found, Authenticator.Type.RECOVERY_CODES),
    )


def has_second(reader: Any) -> bool:
    return bool(Authenticator.objects.filter(user=reader, type__in=SECOND).exists())


def forget_all(reader: Reader) -> int:
    """Take away every factor, for somebody who lost their device, and sign them out; how many there were."""
    with transaction.atomic():
        gone = Authenticator.objects.filter(user=reader).delete()[0]
        sessions.end_all(reader)
    return int(gone)


def _first(found: Iterable[Authenticator], kind: str) -> Authenticator | None:
    return next((each for each in found if each.type == kind), None)

"""Count tries to get in, at each door for itself, and spend codes: in one statement, for all processes together.

A passkey and a link cannot be guessed, so they are never limited by account: whoever attacks the password form must
not lock the owner out.
"""

from dataclasses import dataclass

from django.conf import settings

from broadsheet.kit import networks
from broadsheet.limits import limiting
from broadsheet.limits.limiting import Rate

SPENT = Rate(1, 120)
"""A code of an authenticator app is taken for at most 90 s: its own 30 s, those before and those after."""


WIDER = 5
"""So many times as many letters may be asked for from a wider network (IPv4 /24, IPv6 /48): whoever has one has all the
networks in it, and each letter goes to somebody who may not want it."""


@dataclass(frozen=True)
class TooManyTries:
    retry_after: int
    """In seconds."""


def count(door: str, address: str, account: str = "") -> TooManyTries | None:
    """Count one try at this door from this address, and to this account if one is named; None where it may go ahead."""
    network = settings.KEYRING.digest("network", networks.network_of(address))
    refused = _count(f"{door}/network/{network}", "limit_sign_in_network")
    if refused or not account:
        return refused
    digest = settings.KEYRING.digest("account", account.strip().casefold())
    return _count(f"{door}/account/{digest}", "limit_sign_in_account")


def count_letter(address: str, account: str) -> TooManyTries | None:
    """Count one letter that a reader asks for: few to one address, so that nobody's mailbox is flooded."""
    if refused := count("mail", address) or _count_wider(address):
        return refused
    digest = settings.KEYRING.digest("account", account.strip().casefold())
    return _count(f"letter/account/{digest}", "limit_sign_in_letters")


def spend(reader_id: int, code: str) -> bool:
    """Whether this reader's code is used for the first time."""
    digits = "".join(filter(str.isdecimal, code))
    return limiting.admit(f"spent/{settings.KEYRING.digest('code', f'{reader_id}/{digits}')}", SPENT)


def _count_wider(address: str) -> TooManyTries | None:
    wider = settings.KEYRING.digest("wider network", networks.wider_network_of(address))
    return _count(f"letter/wider/{wider}", "limit_sign_in_network", times=WIDER)


def _count(key: str, option: str, times: int = 1) -> TooManyTries | None:
    rate = Rate.parse(str(settings.OPTIONS[option]))
    seconds = limiting.wait(key, Rate(rate.number * times, rate.seconds))
    return TooManyTries(seconds) if seconds else None

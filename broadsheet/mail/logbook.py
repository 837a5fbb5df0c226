"""The delivery log: what letters there were, to whom (shortened), when, through what, and why one did not go."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from broadsheet.mail import outages, returning, transports
from broadsheet.mail.models import Letter, Outage

PAGE = 50


@dataclass(frozen=True)
class Line:
    letter: Letter
    to: str
    """`a…@example.org`: enough to know it again, too little to write to; empty once forgotten."""


def page(state: str = "", before: int | None = None) -> tuple[list[Line], int | None]:
    """The newest letters, of one state or all, and where the next page begins."""
    letters = Letter.objects.order_by("-id")
    if state:
        letters = letters.filter(state=state)
    if before is not None:
        letters = letters.filter(id__lt=before)
    found = list(letters[: PAGE + 1])
    following = found[PAGE - 1].pk if len(found) > PAGE else None
    return _lines(found[:PAGE]), following


@dataclass(frozen=True)
class Shown:
    """A transport, why it takes no letters if it takes none, and where a provider may tell what becomes of them."""

    name: str
    outage: Outage | None
    events: str


def shown_transports() -> list[Shown]:
    """In the order of the option."""
    standing = outages.standing()
    names = [transport.name for transport in transports.named()]
    return [Shown(name, standing.get(name), returning.address_for(name)) for name in names]


def counts() -> dict[str, int]:
    return dict(Letter.objects.values_list("state").annotate(Count("id")).order_by())


def _lines(letters: Iterable[Letter]) -> list[Line]:
    return [Line(letter, _shortened(letter.address_sealed)) for letter in letters]


def _shortened(sealed: bytes | memoryview | None) -> str:
    if not sealed:
        return ""
    local, _, domain = settings.KEYRING.unseal(sealed).rpartition("@")
    return f"{local[:1]}…@{domain}"

"""Which transports take no letters just now: written down, so that every worker knows and the newsroom shows it."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from broadsheet.mail.models import Outage
from broadsheet.mail.transports import Transport

REST = timedelta(minutes=1)
"""How long one that is down is asked last."""


def in_order(transports: Sequence[Transport]) -> list[Transport]:
    """Those that rest come last: where all do, there is nobody else to ask."""
    resting = set(
        Outage.objects.filter(ended_at=None, rests_until__gt=timezone.now()).values_list(
            "transport", flat=True
        )
    )
    return sorted(transports, key=lambda transport: transport.name in resting)


def note(transport: Transport, reason: str) -> None:
    now = timezone.now()
    Outage.objects.update_or_create(
        transport=transport.name,
        ended_at=None,
        defaults={"reason": reason[:300], "rests_until": now + REST},
    )


def end(transport: Transport) -> None:
    """It took a letter."""
    Outage.objects.filter(transport=transport.name, ended_at=None).update(ended_at=timezone.now())


def standing() -> dict[str, Outage]:
    """By the names of their transports."""
    return {outage.transport: outage for outage in Outage.objects.filter(ended_at=None)}

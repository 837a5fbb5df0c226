"""A lead that an editor chose until a moment goes when the moment comes. The clock calls it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from broadsheet.articles.models import Arrangement
from broadsheet.events.recording import record


def moment_of(until: str | datetime | None) -> datetime | None:
    """A block's moment; it is text as it is stored, and none where it is empty."""
    return parse_datetime(until) if isinstance(until, str) else until


def over(lead: dict[str, Any]) -> bool:
    """Whether a chosen lead's time has passed."""
    until = moment_of(lead.get("until"))
    return until is not None and until <= timezone.now()


def let_lead_go() -> int:
    """Take a chosen lead away whose moment has come; how many that were."""
    with transaction.atomic():
        arrangement = Arrangement.objects.select_for_update().first()
        parts = arrangement.parts.get_prep_value() if arrangement else []
        gone = [part["value"] for part in parts if part["type"] == "lead" and over(part["value"])]
        if not arrangement or not gone:
            return 0
        for lead in gone:
            lead.update(article=None, until=None)
        arrangement.parts = parts
        arrangement.save()
        record("arrangement.changed", id=arrangement.pk)
    return len(gone)

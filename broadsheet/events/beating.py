"""The clock's heartbeat: when each thing was last done, so that a standing clock is seen."""

from datetime import datetime

from django.utils import timezone

from broadsheet.events.models import Beat


def beat(name: str) -> None:
    """Write down that `name` was done now."""
    Beat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def last_beat(name: str) -> datetime | None:
    """When `name` was last done; None if it never was."""
    return Beat.objects.filter(name=name).values_list("beat_at", flat=True).first()

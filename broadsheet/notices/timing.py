"""When a letter goes: at once, or with others at an hour of its reader's own day, and never in their quiet hours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from broadsheet.notices.models import Follower, Mode

MORNING = 7
"""The hour of letters that go once a day, and on Mondays once a week."""


def due_at(follower: Follower, mode: Mode, now: datetime) -> datetime | None:
    """When a letter of this mode goes; None where it may at once."""
    here = now.astimezone(zone_of(follower))
    if mode == Mode.AT_ONCE:
        after = after_quiet(follower, here)
        return after if after != here else None
    return after_quiet(follower, _next(mode, here))


def zone_of(follower: Follower) -> ZoneInfo:
    zone = ZoneInfo(follower.zone) if follower.zone in zones() else timezone.get_default_timezone()
    assert isinstance(zone, ZoneInfo)  # noqa: S101 - Django makes one of `TIME_ZONE`
    return zone


def zones() -> list[str]:
    """Those that people live in, by name."""
    return sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))


def _next(mode: Mode, here: datetime) -> datetime:
    if mode == Mode.HOURLY:
        return here.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if mode == Mode.WEEKLY:
        morning += timedelta(days=-here.weekday() % 7)
    step = timedelta(days=7 if mode == Mode.WEEKLY else 1)
    return morning if morning > here else morning + step


def after_quiet(follower: Follower, at: datetime) -> datetime:
    """The moment, or the end of the quiet hours that it falls into."""
    at = at.astimezone(zone_of(follower))
    begins, ends = follower.quiet_from, follower.quiet_until
    if begins is None or ends is None or begins == ends:
        return at
    inside = begins <= at.hour < ends if begins < ends else at.hour >= begins or at.hour < ends
    if not inside:
        return at
    end = at.replace(hour=ends, minute=0, second=0, microsecond=0)
    return end if end > at else end + timedelta(days=1)

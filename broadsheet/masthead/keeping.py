"""How something that is kept of people is told to them: what, why, and for how long. Each app says it of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.masthead import speaking


@dataclass(frozen=True)
class Kept:
    what: Promise
    why: Promise
    period: Callable[[], timedelta] | None = None
    until: Promise | str = ""
    """Where no time ends it, but a deed of its owner."""
    job: str = ""
    """The clock's, in `wiring/schedule.py`, by its name."""

    @property
    def how_long(self) -> str:
        return str(self.until) if self.period is None else spoken(self.period())


def spoken(period: timedelta) -> str:
    """`90 days`, `30 minutes`."""
    if period.days:
        return ngettext("%(n)s day", "%(n)s days", period.days) % {"n": speaking.number(period.days)}
    minutes = int(period.total_seconds() // 60)
    if minutes:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": speaking.number(minutes)}
    return _("a moment")

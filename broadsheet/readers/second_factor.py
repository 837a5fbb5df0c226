"""The rule: who publishes and decides must be more than a password. Looking and writing drafts needs no more than that.

The first week is free, so that a publication can be set up; it counts from its first account.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from broadsheet.readers import factors
from broadsheet.readers.models import Reader

FIRST_WEEK = timedelta(days=7)

_View = TypeVar("_View", bound=Callable[..., Any])


def needed_from() -> datetime | None:
    """Since when, or from when on, the rule holds; None for never."""
    match settings.OPTIONS["second_factor"]:
        case "never":
            return None
        case "always":
            return datetime.min.replace(tzinfo=timezone.get_current_timezone())
    founded: datetime | None = Reader.objects.aggregate(first=Min("date_joined"))["first"]
    return (founded or timezone.now()) + FIRST_WEEK


def is_needed() -> bool:
    since = needed_from()
    return since is not None and since <= timezone.now()


def stops(reader: Reader) -> bool:
    """Whether this reader may neither publish nor decide, for want of a second factor."""
    return is_needed() and not factors.has_second(reader)


def not_needed(view: _View) -> _View:
    """Mark a newsroom view that changes nothing but drafts and what their writers tell each other."""
    view.needs_no_second_factor = True  # type: ignore[attr-defined]
    return view

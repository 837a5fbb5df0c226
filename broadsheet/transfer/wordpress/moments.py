"""The dates of a WordPress export: text in one form, with zero dates that mean "none"."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

# Python reads the year -0001 of a draft as 2001.
_YEAR = re.compile(r" (?:19[7-9]\d|[2-9]\d{3}) ")


@lru_cache(maxsize=4096)  # a comment names the same moment twice or more
def local(text: str) -> datetime | None:
    """`YYYY-MM-DD HH:MM:SS` on the site's own clock, whose zone the export does not tell; None for a zero date."""
    if len(text) < 10 or text.startswith("0000-00-00"):
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=None)


def utc(text: str) -> datetime | None:
    """The same form as a moment in UTC."""
    moment = local(text)
    return moment and moment.replace(tzinfo=UTC)


def from_feed(text: str) -> datetime | None:
    """The `pubDate` of an item, which for drafts reads `Wed, 30 Nov -0001`."""
    if not _YEAR.search(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def as_utc(moment: datetime | None) -> datetime | None:
    """A moment of the site's own clock taken for UTC: the best there is where only the local date stands."""
    return moment and moment.replace(tzinfo=UTC)

"""Leave the way from an old address when a person, a section or a tag gets another slug or is deleted."""

from collections.abc import Sequence

from broadsheet.articles import syndication
from broadsheet.articles.models import OldAddress
from broadsheet.events.models import Event

KINDS = frozenset({"person.changed", "section.changed", "tag.changed"})


def remember(events: Sequence[Event]) -> None:
    """Write the old addresses down (an event consumer)."""
    for event in events:
        if was := event.facts.get("was"):
            now = event.facts["now"]
            OldAddress.remember(was, now)
            for feed in syndication.feeds_of(was):
                OldAddress.remember(feed, now and now + feed.removeprefix(was))

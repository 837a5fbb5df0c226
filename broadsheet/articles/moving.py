"""Leave the way from an old address when a person, a section or a tag gets another slug or is deleted."""

from collections.abc import Sequence

from broadsheet.articles.models import OldAddress
from broadsheet.events.models import Event

KINDS = frozenset({"person.changed", "section.changed", "tag.changed"})

FEEDS = ("feed.xml", "feed.atom", "feed.json")
"""What a section and a person have beneath their addresses; a tag has none."""


def remember(events: Sequence[Event]) -> None:
    """Write the old addresses down (an event consumer)."""
    for event in events:
        if was := event.facts.get("was"):
            now = event.facts["now"]
            OldAddress.remember(was, now)
            for feed in () if was.startswith("/tag/") else FEEDS:
                OldAddress.remember(was + feed, now and now + feed)

"""Leave the way from an old address to the new one when a person, a section or a tag gets another slug."""

from collections.abc import Sequence

from broadsheet.articles.models import OldAddress
from broadsheet.events.models import Event

KINDS = frozenset({"person.changed", "section.changed", "tag.changed"})


def remember(events: Sequence[Event]) -> None:
    """Write the old addresses down (an event consumer)."""
    for event in events:
        if was := event.facts.get("was"):
            OldAddress.remember(was, event.facts["now"])

"""Leave the way from an old address to the new one when a person, a section or a tag gets another slug."""

from collections.abc import Sequence

from broadsheet.articles.models import OldAddress
from broadsheet.events.models import Event

KINDS = frozenset({"person.changed", "section.changed", "tag.changed"})


def remember(events: Sequence[Event]) -> None:
    """Write the old addresses down (an event consumer)."""
    for event in events:
        if was := event.facts.get("was"):
            _redirect(was, event.facts["now"])


def _redirect(was: str, now: str) -> None:
    """Straight to where it is now, also from where it was before; and what stands somewhere is no old address."""
    OldAddress.objects.filter(path=now).delete()
    OldAddress.objects.filter(target=was).update(target=now)
    OldAddress.objects.update_or_create(path=was, defaults={"target": now})

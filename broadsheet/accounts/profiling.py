"""What a reader shows of themselves: set it, turn it on and off."""

from django.db import transaction
from django.utils import timezone

from broadsheet.events.recording import record
from broadsheet.kit import markdown
from broadsheet.readers.models import Profile, Reader


def profile_of(reader: Reader) -> Profile:
    """The reader's profile; one that is not saved yet and off, where they never had one."""
    return Profile.objects.filter(reader=reader).first() or Profile(reader=reader)


def save(reader: Reader, *, about: str, shown: bool, found_by_machines: bool) -> Profile:
    """Keep what they say of themselves, and show it or not. The address stays the same, on or off."""
    with transaction.atomic():
        Profile.objects.get_or_create(reader=reader)
        profile = Profile.objects.select_for_update().get(reader=reader)
        turned = shown != (profile.shown_at is not None)
        profile.about, profile.about_html = about, markdown.render(about)
        profile.found_by_machines = found_by_machines
        if turned:
            profile.shown_at = timezone.now() if shown else None
        profile.save()
        record("profile.turned" if turned else "profile.changed", reader=reader.pk)
    return profile

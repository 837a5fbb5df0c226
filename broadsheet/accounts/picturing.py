"""The picture that a reader shows on their public page, instead of the ornament drawn from its address."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction

from broadsheet.discussion import allowances, attaching, posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.events.recording import record
from broadsheet.kit.shrinking import Limits
from broadsheet.readers.models import Profile, ProfilePicture, Reader
from broadsheet.readers.models.profile_picture import SIDE

LIMITS = Limits(memory=768, seconds=15, still=True, square=True, formats=attaching.LIMITS.formats, effort=4)


def is_on() -> bool:
    return bool(settings.OPTIONS["profile_pictures"])


def picture_of(profile: Profile) -> ProfilePicture | None:
    return ProfilePicture.objects.select_related("profile").filter(profile=profile.pk).first()


def take_in(reader: Reader, content: bytes, *, address: str) -> None:
    """Show this picture, made anew. Raises NotPosted where it was too much, BadPicture, and NoPlace."""
    posting.require_allowance(allowances.spend_picture(Commenter(address, reader)))
    with TemporaryDirectory(prefix="broadsheet-picture-") as folder:
        attaching.make_anew(content, Path(folder), (SIDE,), LIMITS)
        made = (Path(folder) / f"{SIDE}.webp").read_bytes()
    with transaction.atomic():
        profile, _new = Profile.objects.get_or_create(reader=reader)
        ProfilePicture.objects.filter(profile=profile).delete()
        ProfilePicture.objects.create(profile=profile, content=made)
        record("profile.changed", reader=reader.pk)


def take_away(reader: Reader) -> None:
    """Back to the ornament."""
    with transaction.atomic():
        if ProfilePicture.objects.filter(profile__reader=reader).delete()[0]:
            record("profile.changed", reader=reader.pk)

"""Pictures that come with comments: made anew, kept under a name that nobody can guess, and deleted in time.

What somebody sends is read in a limited process of its own while its author waits, and only what that process made is
stored. Until a comment has it, it is kept for a while under its key, so that a form that is refused loses nothing.
"""

import hashlib
import secrets
import tempfile
from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from broadsheet.discussion.models import AttachedPicture, Comment
from broadsheet.discussion.models.attached_picture import LARGE, SMALL
from broadsheet.kit import examining, places
from broadsheet.kit.shrinking import Limits
from broadsheet.kit.shrinking_apart import BadPicture, shrink_apart

MOST = 3
"""Pictures of one comment."""
LIMITS = Limits(memory=768, seconds=15, still=True, formats=("GIF", "JPEG", "PNG", "WEBP"), effort=4)
CHILD_PATIENCE = 25.0
"""Seconds until the process that reads a picture is ended, whatever it is doing."""
PLACES = 2
"""So many of those processes run at once on the machine, whoever asks."""
PATIENCE = 3.0
"""Seconds to wait for a place; whoever waits has one of the server's threads."""
STAY = timedelta(hours=2)
"""How long a picture waits for its comment."""
MOST_WAITING = 1000
"""Pictures that wait for a comment, of everybody together: some 300 MB. Beyond, no more are taken."""
GRACE = timedelta(minutes=5)
"""A form may still be on its way when the time of its pictures is over."""


class Full(Exception):
    """Too many wait already."""


def is_on() -> bool:
    return bool(settings.OPTIONS["comment_pictures"])


def largest() -> int:
    """Bytes of one picture as it is sent."""
    return int(settings.OPTIONS["comment_picture_mb"]) * 1024 * 1024


def take_in(content: bytes) -> AttachedPicture:
    """Keep a picture, made anew. Raises BadPicture, and NoPlace or Full where the machine has enough to do."""
    if AttachedPicture.objects.filter(comment=None).count() >= MOST_WAITING:
        raise Full
    with tempfile.TemporaryDirectory(prefix="broadsheet-picture-") as folder:
        made = make_anew(content, Path(folder), (SMALL, LARGE), LIMITS)
        return _kept(content, {width: (Path(folder) / f"{width}.webp").read_bytes() for width in made})


def make_anew(content: bytes, folder: Path, widths: tuple[int, ...], limits: Limits) -> list[int]:
    """Write `WIDTH.webp` into the folder; the widths that were made. Raises BadPicture, and NoPlace."""
    if not examining.begins_as_picture(content):
        raise BadPicture("it does not begin as a picture does")
    with places.place(Path(settings.HOME) / "db" / "pictures", PLACES, PATIENCE):
        return shrink_apart(content, folder, widths, limits, CHILD_PATIENCE)


def _kept(sent: bytes, made: dict[int, bytes]) -> AttachedPicture:
    """The row comes first: what is written after it is found again and deleted, whatever happens."""
    found = examining.examine(made[max(made)])
    picture = AttachedPicture.objects.create(
        key=secrets.token_urlsafe(16),
        stem=secrets.token_hex(16),
        width=found.width,
        height=found.height,
        digest=hashlib.sha256(sent).hexdigest()[:32],
        leaves_at=timezone.now() + STAY,
    )
    for width, content in made.items():
        default_storage.save(picture.file(width), ContentFile(content))
    return picture


def found(keys: Iterable[str]) -> dict[str, AttachedPicture]:
    """The pictures of these keys that are kept, for whichever comment."""
    wanted = [key for key in keys if key and "\0" not in key]
    kept = AttachedPicture.objects.filter(key__in=wanted) if wanted else ()
    now = timezone.now()
    return {each.key: each for each in kept if each.comment_id or each.leaves_at > now}


def attach(comment: Comment, keys: Collection[str]) -> bool:
    """Give the comment what it shows; False where a picture went meanwhile. Call it inside the transaction."""
    mine = AttachedPicture.objects.filter(key__in=keys)
    new = mine.filter(comment=None, leaves_at__gt=timezone.now() - GRACE).update(comment=comment)
    return new == len(keys) or mine.filter(comment=comment).count() == len(keys)


def let_go(comment: Comment) -> None:
    """The comment is withdrawn: its files are deleted as soon as the clock comes by. Inside the transaction."""
    AttachedPicture.objects.filter(comment=comment).update(comment=None, leaves_at=timezone.now() - GRACE)


def delete_left(limit: int = 100) -> int:
    """Delete what no comment has and whose time is over; how many that were. The clock calls it."""
    left = AttachedPicture.objects.filter(comment=None, leaves_at__lte=timezone.now() - GRACE)[:limit]
    for picture in left:
        for width in picture.widths:
            default_storage.delete(picture.file(width))
        picture.delete()
    return len(left)


def content_of(picture: AttachedPicture, width: int) -> bytes | None:
    """One of its files; None where there is none of that width."""
    try:
        with default_storage.open(picture.file(width)) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None

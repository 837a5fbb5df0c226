"""Make the sizes of new pictures, outside of any request. Work is found in rows: `prepared_at` is null."""

import logging
import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from broadsheet.articles.models import Picture, Rendition
from broadsheet.events.recording import record
from broadsheet.kit.shrinking_apart import BadPicture, shrink_apart

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1600)
"""Pixels."""


def prepare_waiting(limit: int = 10) -> int:
    """Prepare up to `limit` pictures, the oldest first; how many there were.

    Each is tried once: a bad one says so in `problem` and in the log, and is left alone until its file is replaced.
    """
    waiting = list(Picture.objects.filter(prepared_at=None).order_by("pk")[:limit])
    for picture in waiting:
        _prepare(picture)
    return len(waiting)


def lasting_address(pk: int, name: str) -> str:
    """Where the widest rendition of the picture with this number and file will stand, whether it is made yet or not."""
    return default_storage.url(f"images/{_stem(pk, name)}.webp")


def _prepare(picture: Picture) -> None:
    with tempfile.TemporaryDirectory(prefix="broadsheet-picture-") as folder:
        try:
            widths, problem = _shrink(picture, Path(folder)), ""
        except BadPicture as bad:
            widths, problem = [], str(bad)[:200]
            logger.error(
                "Picture %s (%s) cannot be shown: %s. Replace its file.", picture.pk, picture, problem
            )
        files = {width: Path(folder) / f"{width}.webp" for width in widths}
        with transaction.atomic():
            _replace_renditions(picture, files)
            Picture.objects.filter(pk=picture.pk).update(prepared_at=timezone.now(), problem=problem)
            record("picture.prepared", picture=picture.pk)


def _shrink(picture: Picture, folder: Path) -> list[int]:
    """Have a limited child process write the sizes into `folder`."""
    try:
        with picture.file.open("rb") as original:
            content = original.read()
    except OSError as error:
        raise BadPicture(f"its file cannot be read ({error.strerror})") from error
    return shrink_apart(content, folder, WIDTHS)


def _replace_renditions(picture: Picture, files: dict[int, Path]) -> None:
    picture.renditions.filter(filter_spec__startswith="width-").delete()
    stem = _stem(picture.pk, picture.file.name)
    for width, path in files.items():
        with path.open("rb") as content:
            Rendition.objects.create(
                image=picture,
                filter_spec=f"width-{width}|format-webp",
                file=File(
                    content, name=f"{stem}.webp" if width == max(files) else f"{stem}.width-{width}.webp"
                ),
            )


def _stem(pk: int, name: str) -> str:
    return f"{Path(name).stem[:60]}.{pk}"

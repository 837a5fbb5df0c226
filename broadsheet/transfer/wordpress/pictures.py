"""Pictures of the old site: from a copy of its uploads, or fetched from it, each taken once."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Collection

from broadsheet.articles.models import Picture
from broadsheet.articles.renditions import lasting_address
from broadsheet.kit.examining import MOST_BYTES, Examined, NotTaken, examine
from broadsheet.kit.fetching import NotFetched
from broadsheet.kit.slugs import slug_of
from broadsheet.kit.text import clean_line, plain
from broadsheet.transfer.models import ImportedPicture
from broadsheet.transfer.wordpress.intake import Intake
from broadsheet.transfer.wordpress.records import Attachment

Found = tuple[int, str]
"""A picture's number and the address here of its widest rendition, which the worker makes."""
Fetch = Callable[[str], bytes]


class Pictures:
    def __init__(self, intake: Intake, folder: Path | None = None, fetch: Fetch | None = None) -> None:
        self._intake = intake
        self._folder = folder.resolve() if folder else None
        self._fetch = fetch
        self._host = _host(intake.source.url)
        known = ImportedPicture.objects.filter(source=intake.source).values_list(
            "file", "picture", "picture__file"
        )
        self._known = {file: (pk, lasting_address(pk, name)) for file, pk, name in known}
        self._taken: dict[str, Found | None] = {}

    @property
    def count(self) -> int:
        """The pictures of this export that are here."""
        return sum(1 for found in self._taken.values() if found)

    def take(self, url: str) -> Found | None:
        """Have the picture of an old address here, if it can be had. Call it outside of any transaction."""
        attachment = self._intake.survey.library.at(url)
        file = _file_of(attachment.file if attachment and attachment.file else url)
        if file not in self._taken:
            self._taken[file] = self._known.get(file) or self._have(file, url, attachment)
        return self._taken[file]

    def find(self, url: str) -> Found | None:
        """The same without the deed, for what was taken before."""
        attachment = self._intake.survey.library.at(url)
        return self._taken.get(_file_of(attachment.file if attachment and attachment.file else url))

    def _have(self, file: str, url: str, attachment: Attachment | None) -> Found | None:
        path = _inside(self._folder, file) if self._folder else None
        address = attachment.url if attachment else url
        fetch = self._fetch if path is None and _host(address) == self._host else None
        if path is None and fetch is None:
            self._intake.report.missing_pictures.append(url)
            return None
        try:
            if fetch and self._intake.dry_run:  # nothing is asked of anybody, so it is counted as it is named
                return self._counted((0, ""))
            content = fetch(address) if fetch else _read(path)
            found = examine(content)
        except (NotTaken, NotFetched, OSError) as error:
            self._intake.report.problems.append(f"The picture {url} was not taken: {error}. It stays a link.")
            self._intake.report.missing_pictures.append(url)
            return None
        return self._counted(
            (0, "") if self._intake.dry_run else self._keep(file, content, found, attachment)
        )

    def _counted(self, found: Found) -> Found:
        self._intake.report.new["images"] += 1
        return found

    def _keep(self, file: str, content: bytes, found: Examined, attachment: Attachment | None) -> Found:
        """The name of the stored file depends on the old one only: a run that was killed leaves no second copy."""
        mark = hashlib.sha256(f"{self._intake.source.pk} {file}".encode()).hexdigest()[:10]
        name = f"original_images/{slug_of(Path(file).stem)[:50]}.{mark}.{found.extension}"
        default_storage.delete(name)
        name = default_storage.save(name, ContentFile(content))
        picture = Picture(
            title=_title(attachment, file),
            description=plain(attachment.alt)[:255] if attachment else "",
            caption=plain(attachment.caption)[:500] if attachment else "",
            width=found.width,
            height=found.height,
            file_size=len(content),
            file_hash=hashlib.sha1(content).hexdigest(),  # noqa: S324 - as Wagtail knows equal files
            collection=Collection.get_first_root_node(),
        )
        picture.file.name = name
        with self._intake.together():
            picture.save()
            ImportedPicture.objects.create(source=self._intake.source, file=file, picture=picture)
            self._intake.note_change()
        return picture.pk, lasting_address(picture.pk, name)


def _read(path: Path | None) -> bytes:
    if path is None or path.stat().st_size > MOST_BYTES:
        raise NotTaken(f"it is larger than {MOST_BYTES // 1024**2} MB")
    return path.read_bytes()


def _title(attachment: Attachment | None, file: str) -> str:
    return clean_line(plain(attachment.title) if attachment else "")[:255] or Path(file).name[:255]


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _file_of(address: str) -> str:
    """The path below `uploads`, else the whole address."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        path = address
    below = path.rpartition("/uploads/")[2] if "/uploads/" in path else "" if "://" in address else path
    return (below or address)[:500]


def _inside(folder: Path, file: str) -> Path | None:
    """The file below the folder, whichever folder of the three that hold uploads was named; never one outside."""
    if "://" in file or "\x00" in file:
        return None
    for below in ("", "uploads", "wp-content/uploads"):
        path = (folder / below / file.lstrip("/")).resolve()
        if path.is_relative_to(folder) and path.is_file():
            return path
    return None

"""The neutral blocks that an article's body is made of, and the library of pictures they refer to.

A block is `{"type": name, "value": …}`, as the body's StreamField takes it, except that a picture is still an address
and a WordPress attachment id: `{"url", "attachment_id", "alt", "caption", "credit"}`. The importer puts ours there.
"""

import re
from collections.abc import Iterable
from typing import TypedDict
from urllib.parse import urlsplit

from broadsheet.transfer.wordpress.records import Attachment

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{1,5}$)|-scaled(?=\.\w{1,5}$)|-e\d{10,14}(?=\.\w{1,5}$)")


class Picture(TypedDict):
    url: str
    attachment_id: int | None
    alt: str
    caption: str
    credit: str


class Block(TypedDict):
    type: str
    value: object


class Library:
    """The attachments of an export, found by id or by the address of any of their sizes."""

    def __init__(self, attachments: Iterable[Attachment] = ()) -> None:
        self._by_id: dict[int, Attachment] = {}
        self._by_path: dict[str, Attachment] = {}
        self._by_parent: dict[int, list[int]] = {}
        for attachment in attachments:
            self.add(attachment)

    def add(self, attachment: Attachment) -> None:
        self._by_id[attachment.id] = attachment
        self._by_path.setdefault(_path(attachment.url), attachment)
        self._by_parent.setdefault(attachment.parent, []).append(attachment.id)

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, ident: int | None) -> Attachment | None:
        return self._by_id.get(ident or 0)

    def at(self, url: str) -> Attachment | None:
        return self._by_path.get(_path(url)) if url else None

    def uploaded_to(self, post_id: int) -> list[int]:
        """The attachments of one post, in the order of the file."""
        return list(self._by_parent.get(post_id, ()))

    def addresses(self, idents: Iterable[int]) -> list[str]:
        """Where the files with these ids are, as far as the export says."""
        return [found.url for ident in idents if (found := self.get(ident)) and found.url]

    def picture(
        self, *, url: str = "", ident: int | None = None, alt: str = "", caption: str = ""
    ) -> Picture | None:
        """A picture as a block holds it: at its full size if known. None if there is neither file nor address."""
        found = self.get(ident) or self.at(url)
        address = (found.url if found else "") or url
        if not address:
            return None
        return Picture(
            url=address,
            attachment_id=found.id if found else ident,
            alt=alt or (found.alt if found else ""),
            caption=caption,
            credit="",
        )


def _path(url: str) -> str:
    """What is the same in every address of an upload: no host, no query, no size, no second encoding."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = url
    return _SIZE.sub("", path.rpartition("/uploads/")[2] or path)

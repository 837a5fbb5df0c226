"""The first look at an export: everything is parsed once, the posts go to a shelf, the rest stays at hand.

Nothing is written before the survey is complete, so an export that ends in the middle changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from broadsheet.transfer.wordpress import wxr
from broadsheet.transfer.wordpress.blocks import Library
from broadsheet.transfer.wordpress.records import Attachment, Author, Category, Post, Record, Site, Tag
from broadsheet.transfer.wordpress.shelf import Shelf

KINDS = ("post", "page", "attachment")
Progress = Callable[[int, int | None, int], None]
"""Called with the bytes read, the bytes in all where known, and the comments read."""

_EVERY = 50  # records


class Survey:
    def __init__(self) -> None:
        self.site = Site()
        self.authors: dict[str, Author] = {}
        self.categories: dict[str, Category] = {}
        self.tags: dict[str, Tag] = {}
        self.attachments: list[Attachment] = []
        self.library = Library()
        self.pages: dict[int, tuple[int, str]] = {}
        """Of every page its parent and its name."""
        self.ids: set[int] = set()
        self.skipped: Counter[str] = Counter()
        """Items that have no place here, by kind."""
        self.comments = 0
        self.comments_skipped: Counter[str] = Counter()
        self.shelf = Shelf()
        self._logins: dict[int, str] = {}

    def take(self, record: Record) -> None:
        match record:
            case Site():
                self.site = record
            case Author():
                self.authors.setdefault(record.login, record)
                self._logins.setdefault(record.id, record.login)
            case Category():
                self.categories.setdefault(record.nicename, record)
            case Tag():
                self.tags.setdefault(record.nicename, record)
            case Post():
                self._take_post(record)

    def login_of(self, user_id: int) -> str:
        """The login of an author by WordPress user id; empty for anybody else."""
        return self._logins.get(user_id, "") if user_id else ""

    def _take_post(self, post: Post) -> None:
        kind = "trash" if post.status == "trash" else post.type
        if not post.id:
            post = replace(post, id=_number_for(post))
        if kind not in KINDS or post.id in self.ids:
            self._skip(post, kind if kind not in KINDS else f"{kind} that came twice")
            return
        self.ids.add(post.id)
        if attachment := post.attachment:
            self.attachments.append(attachment)
            self.library.add(attachment)
            self.comments_skipped.update({kind: len(post.comments)} if len(post.comments) else {})
        else:
            self.comments += len(post.comments)
        if post.type == "page":
            self.pages[post.id] = (post.parent, post.name)
        self.shelf.put(post)

    def _skip(self, post: Post, kind: str) -> None:
        self.skipped[kind] += 1
        if count := len(post.comments):
            self.comments_skipped[kind] += count
        post.comments.close()


def _number_for(post: Post) -> int:
    """A number for an item that has none: the same in every export, and higher than any that WordPress gives."""
    said = f"{post.type}\0{post.link or post.guid or post.title}\0{post.date}"
    return 1 << 56 | int.from_bytes(hashlib.sha256(said.encode()).digest()[:6], "big")


def survey(source: str | Path | BinaryIO, progress: Progress | None = None) -> Survey:
    """Read the whole export. Raises ExportUnreadable where it cannot be read to its end."""
    found = Survey()
    try:
        with wxr.read(source) as export:
            for number, record in enumerate(export):
                found.take(record)
                if progress and number % _EVERY == 0:
                    progress(export.position, export.size, found.comments)
    except BaseException:
        found.shelf.close()
        raise
    return found

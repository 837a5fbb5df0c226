"""The posts of an export, parsed once and put on disk, so that a second look costs no second parsing.

An article can only be written when the whole export is known (its pictures, its parents and whether the file ends as it
should), and parsing is the dearest part of an import. The file has no name and vanishes when closed.
"""

import marshal
import pickle
from collections.abc import Iterator
from dataclasses import fields
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from broadsheet.transfer.wordpress.records import Comments, Post

_FIELDS = [each.name for each in fields(Post) if each.name != "comments"]


class Shelf:
    """Posts by kind, in the order in which they were put there."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the shelf
        self._offsets: dict[str, list[int]] = {}

    def put(self, post: Post) -> None:
        """Take a post with its comments; the post itself must not be used afterwards."""
        rows_at = self._file.seek(0, 2)
        index = post.comments.keep_in(self._file)
        self._offsets.setdefault(post.type, []).append(self._file.tell())
        pickle.dump([getattr(post, name) for name in _FIELDS], self._file)
        marshal.dump((rows_at, index), self._file)

    def count(self, kind: str) -> int:
        return len(self._offsets.get(kind, ()))

    def posts(self, kind: str) -> Iterator[Post]:
        """Close the comments of each when done with it."""
        for offset in self._offsets.get(kind, ()):
            self._file.seek(offset)
            values = pickle.load(self._file)  # noqa: S301 - written by `put` in this process
            rows_at, index = marshal.load(self._file)  # noqa: S302 - likewise
            comments = Comments.kept_in(self._file, rows_at, index)
            post = Post(**dict(zip(_FIELDS, values, strict=True)), comments=comments)
            comments.settle(post.moment)
            yield post

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

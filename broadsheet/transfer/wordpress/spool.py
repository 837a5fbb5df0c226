"""The comments of one post, kept on disk while the post is read: a post may have 100,000 of them.

Only an index stands in memory (some 150 bytes a comment), so that they can be handed out in order whatever the order
of the file. The rows go to a temporary file that has no name and vanishes when closed.
"""

import marshal
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, NamedTuple, Self

from broadsheet.transfer.wordpress import moments
from broadsheet.transfer.wordpress.comments import Comment, Meta, whole

IN_MEMORY = 1 << 20  # bytes of rows before they go to disk
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Orphan(NamedTuple):
    """A comment whose parent is not among the comments of its post, or that hangs in a ring."""

    id: int
    parent: int


class _Place(NamedTuple):
    when: str
    id: int
    parent: int
    offset: int
    size: int


class Comments:
    """Hands out Comment records, oldest first by (moment, id), never a reply before the comment it answers."""

    def __init__(self) -> None:
        self._places: list[_Place] = []
        self._rows: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the spool
        self._start = 0
        self._shared = False
        self._end = 0
        self._ordered: list[_Place] | None = None
        self._fallback: datetime | None = None
        self._orphans: list[Orphan] = []

    def add(self, fields: dict[str, str], meta: dict[str, list[str]]) -> None:
        """Take one `wp:comment` as it was read: its fields by element name, its meta by key."""
        ident, parent = whole(fields.get("wp:comment_id")), whole(fields.get("wp:comment_parent"))
        row = marshal.dumps((fields, meta))
        self._rows.write(row)
        self._places.append(_Place(_when(fields), ident, parent, self._end, len(row)))
        self._end += len(row)
        self._ordered = None

    def settle(self, moment: datetime | None) -> None:
        """Name the post's own moment, for the comments that have no date at all."""
        self._fallback = moment

    def keep_in(self, file: IO[bytes]) -> list[tuple[object, ...]]:
        """Move the rows to the end of a file that many posts share; the index, which `kept_in` takes."""
        self._rows.seek(0)
        shutil.copyfileobj(self._rows, file)
        index = [tuple(place) for place in self._places]
        self.close()
        return index

    @classmethod
    def kept_in(cls, file: IO[bytes], start: int, index: Sequence[Sequence[object]]) -> Self:
        """The comments again whose rows begin at `start` of a shared file; closing leaves the file open."""
        comments = cls()
        comments._rows.close()
        comments._rows, comments._start, comments._shared = file, start, True
        comments._places = [_Place._make(place) for place in index]
        return comments

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Comment]:
        for place in self._in_order():
            self._rows.seek(self._start + place.offset)
            fields, meta = marshal.loads(self._rows.read(place.size))  # noqa: S302 - our own rows, a moment old
            yield self._comment(place, fields, meta)

    @property
    def repeated(self) -> int:
        """How many rows were left out because their id had come already (or they had none)."""
        return len(self._places) - len(self._in_order())

    @property
    def orphans(self) -> list[Orphan]:
        """Those that cannot be hung under the parent they name: each becomes a root, and is told of."""
        self._in_order()
        return self._orphans

    def close(self) -> None:
        """Give the disk back. Closing twice does no harm."""
        if not self._shared:
            self._rows.close()
        self._places = []
        self._ordered = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _comment(self, place: _Place, fields: Mapping[str, str], meta: Meta) -> Comment:
        date_gmt = moments.utc(fields.get("wp:comment_date_gmt", ""))
        date = moments.local(fields.get("wp:comment_date", ""))
        return Comment(
            id=place.id,
            parent=place.parent,
            author=fields.get("wp:comment_author", ""),
            email=fields.get("wp:comment_author_email", ""),
            url=fields.get("wp:comment_author_url", ""),
            ip=fields.get("wp:comment_author_IP", ""),
            date=date,
            date_gmt=date_gmt,
            moment=date_gmt or moments.as_utc(date) or self._fallback or _NEVER,
            content=fields.get("wp:comment_content", ""),
            approved=fields.get("wp:comment_approved", "").strip(),
            type=fields.get("wp:comment_type", "").strip(),
            user_id=whole(fields.get("wp:comment_user_id")),
            meta=meta,
        )

    def _in_order(self) -> list[_Place]:
        if self._ordered is None:
            undated = self._fallback.strftime("%Y-%m-%d %H:%M:%S") if self._fallback else ""
            places = sorted(place if place.when else place._replace(when=undated) for place in self._places)
            self._ordered, self._orphans = _parents_first(places)
        return self._ordered


def _when(fields: Mapping[str, str]) -> str:
    """The text that sorts as the comment's moment does; empty where it has none."""
    for name in ("wp:comment_date_gmt", "wp:comment_date"):
        text = fields.get(name, "").strip()
        if moments.local(text):
            return text.replace("T", " ")
    return ""


def _parents_first(places: list[_Place]) -> tuple[list[_Place], list[Orphan]]:
    """Let a reply that claims to be older than its parent follow that parent, and find the orphans."""
    known = {place.id for place in places}
    orphans: list[Orphan] = []
    ordered: dict[int, _Place] = {}
    waiting: dict[int, list[_Place]] = {}
    for place in places:
        if place.parent and place.parent not in known:
            orphans.append(Orphan(place.id, place.parent))
        elif place.parent and place.parent not in ordered:
            waiting.setdefault(place.parent, []).append(place)
            continue
        _put(place, ordered, waiting)
    for place in sorted(place for group in waiting.values() for place in group):
        if place.id not in ordered:  # a ring: its oldest comment becomes a root
            orphans.append(Orphan(place.id, place.parent))
            _put(place, ordered, waiting)
    return list(ordered.values()), orphans


def _put(first: _Place, ordered: dict[int, _Place], waiting: dict[int, list[_Place]]) -> None:
    """Place a comment and all that waited for it. Of two with the same id the older stands."""
    ready = [first]
    while ready:
        place = ready.pop()
        if place.id not in ordered:
            ordered[place.id] = place
            ready.extend(reversed(waiting.pop(place.id, [])))

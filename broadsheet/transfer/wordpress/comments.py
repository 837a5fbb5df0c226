"""One comment of a WordPress export, with everything that WordPress and wpDiscuz say of it.

The fields are what the file says; the properties are what it means. `state` decides what may ever be public.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from broadsheet.kit import php
from broadsheet.transfer.wordpress import moments

Meta = Mapping[str, list[str]]


class CommentState(StrEnum):
    """What may become of a comment. Only PUBLISHED may be shown to everybody."""

    PUBLISHED = "published"
    HELD = "held"
    TRASHED = "trashed"
    PRIVATE = "private"  # wpDiscuz Private Comments: must not become public
    PINGBACK = "pingback"  # pingbacks and trackbacks, whether approved or not
    NEVER = "never"  # notes of a shop or a machine, no comments at all


class Votes(NamedTuple):
    """What was counted before the import. Only the net is known where the site did not count apart."""

    likes: int
    dislikes: int
    net: int


class Uploads(NamedTuple):
    """Ids of the WordPress attachments that hang on a comment."""

    images: tuple[int, ...] = ()
    videos: tuple[int, ...] = ()
    files: tuple[int, ...] = ()


ORDINARY_TYPES = frozenset({"", "comment", "wpdiscuz_sticky", "review"})
LINKBACK_TYPES = frozenset({"pingback", "trackback"})
NEVER_TYPES = frozenset({"order_note", "webhook_delivery", "action_log"})
KNOWN_TYPES = ORDINARY_TYPES | LINKBACK_TYPES | NEVER_TYPES | {"private"}

KNOWN_META = frozenset(
    {
        "wpdiscuz_votes",
        "wpdiscuz_votes_seperate",  # their spelling
        "wpdiscuz_closed",
        "wpdiscuz_feedback_form_id",
        "wpdiscuz_last_edited_at",
        "wpdiscuz_last_edited_by",
        "wpdiscuz_child_ids",  # legacy; derived from the parents instead
        "wmu_attachments",
    }
)
HOUSEKEEPING_META = frozenset({"_wp_trash_meta_status", "_wp_trash_meta_time"})

_STATE_OF_APPROVED = {
    "1": CommentState.PUBLISHED,
    "0": CommentState.HELD,
    "trash": CommentState.TRASHED,
    "post-trashed": CommentState.TRASHED,
    "spam": CommentState.TRASHED,
}


@dataclass(frozen=True, slots=True)
class Comment:
    """A `wp:comment`. `moment` is never None: date in GMT, else local date, else the post's, else 1970."""

    id: int
    parent: int  # 0 for a root; the parent may be absent from the file
    author: str
    email: str
    url: str
    ip: str
    date: datetime | None  # naive, on the site's clock
    date_gmt: datetime | None
    moment: datetime
    content: str
    approved: str
    type: str
    user_id: int
    meta: Meta = field(default_factory=dict)

    @property
    def state(self) -> CommentState:
        """A missing or unknown `approved` holds, and so does an unknown type: what is unclear is not public."""
        if self.type in NEVER_TYPES:
            return CommentState.NEVER
        if self.type == "private":
            return CommentState.PRIVATE
        if self.type in LINKBACK_TYPES:
            return CommentState.PINGBACK
        state = _STATE_OF_APPROVED.get(self.approved, CommentState.HELD)
        if state is CommentState.PUBLISHED and self.type not in ORDINARY_TYPES:
            return CommentState.HELD
        return state

    @property
    def anchor(self) -> str:
        """The fragment under which the comment was linked to, for ever."""
        return f"comment-{self.id}"

    @property
    def pinned(self) -> bool:
        return self.type == "wpdiscuz_sticky"

    @property
    def closed(self) -> bool:
        """True on every comment of a closed conversation: wpDiscuz copies the mark from the root to the replies."""
        return self.last("wpdiscuz_closed") not in ("", "0")

    @property
    def votes(self) -> Votes | None:
        """None where nobody was counted."""
        separate = php_mapping(self.last("wpdiscuz_votes_seperate"))
        likes, dislikes = whole(separate.get("like")), whole(separate.get("dislike"))
        net = self.last("wpdiscuz_votes")
        if not separate and not net:
            return None
        return Votes(likes, dislikes, whole(net) if net else likes - dislikes)

    @property
    def uploads(self) -> Uploads:
        kept = php_mapping(self.last("wmu_attachments"))
        return Uploads(*(_ids(kept.get(kind)) for kind in Uploads._fields))

    @property
    def edited_at(self) -> datetime | None:
        """On the site's own clock, naive, as wpDiscuz wrote it."""
        return moments.local(self.last("wpdiscuz_last_edited_at"))

    @property
    def edited_by(self) -> str:
        """A WordPress user id or an e-mail address."""
        return self.last("wpdiscuz_last_edited_by")

    @property
    def feedback_form_id(self) -> int | None:
        """The inline question that this comment answers."""
        return whole(self.last("wpdiscuz_feedback_form_id")) or None

    @property
    def extra(self) -> dict[str, object]:
        """What no other property tells, ready for a JSON column: one entry per key, PHP values unpacked."""
        unknown = self.meta.keys() - KNOWN_META - HOUSEKEEPING_META
        return {key: _plain(self.meta[key]) for key in sorted(unknown)}

    def last(self, key: str) -> str:
        """The last value of a meta key, as WordPress itself reads it; empty where there is none."""
        values = self.meta.get(key)
        return values[-1] if values else ""


def php_mapping(text: str) -> Mapping[object, object]:
    """A PHP array as a mapping; empty for anything else, damaged text included."""
    if not text:
        return {}
    try:
        value = php.unserialize(text)
    except ValueError:
        return {}
    if isinstance(value, list):
        return dict(enumerate(value))
    return value if isinstance(value, Mapping) else {}


def whole(value: object) -> int:
    """A whole number however it was written down; 0 for what is none, or is larger than any database takes."""
    try:
        number = int(str(value).strip())
    except ValueError:
        return 0
    return number if -(1 << 63) <= number < 1 << 63 else 0


def _ids(value: object) -> tuple[int, ...]:
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return tuple(number for number in map(whole, items) if number > 0)


def _plain(values: list[str]) -> object:
    plain = [_unpacked(value) for value in values]
    return plain[0] if len(plain) == 1 else plain


def _unpacked(value: str) -> object:
    if value[:2] not in ("a:", "s:", "i:", "b:", "d:"):
        return value
    try:
        unpacked = php.unserialize(value)
        json.dumps(unpacked)
    except (ValueError, TypeError):
        return value
    return unpacked

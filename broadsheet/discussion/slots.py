"""The places for pictures in a form: for each a file, what it shows, and the key of one that was sent before.

No browser lets a page fill in a field for files. So what was sent with a form that comes back is kept already, and the
form names it by its key: nobody chooses a picture twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.discussion import allowances, attaching, posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Attached
from broadsheet.discussion.models import AttachedPicture, Comment
from broadsheet.kit.places import NoPlace
from broadsheet.kit.shrinking_apart import BadPicture
from broadsheet.kit.text import clean_line
from broadsheet.masthead import speaking

LONGEST_ALT = 500
KEPT = "/receipts/pictures/"
"""Beneath it its author, who alone knows the key, sees a picture that no comment has yet."""

Files = MultiValueDict[str, "UploadedFile[Any]"]


class NoRoom(posting.NotPosted):
    """The machine has enough pictures to read just now."""

    status = 503


@dataclass
class Slot:
    number: int
    key: str = ""
    alt: str = ""
    file: "UploadedFile[Any] | None" = None
    """Takes the place of what was there, once it is looked at and can be used."""
    picture: AttachedPicture | None = None
    at: str = KEPT
    """Where its picture stands for whoever fills in the form."""
    error: str = ""

    @property
    def attached(self) -> Attached | None:
        """None where the place is empty."""
        each = self.picture
        if each is None:
            return None
        free = self.at != KEPT or each.comment_id is None
        return Attached(each.key, self.alt, each.width, each.height, each.digest, free)

    @property
    def shown(self) -> list[dict[str, Any]]:
        return [self.attached.as_shown()] if self.attached else []


class Slots:
    """What a form says of pictures. `own` is the comment that it changes, `at` where that one's pictures stand."""

    def __init__(
        self, data: Mapping[str, str], files: Files | None = None, own: Comment | None = None, at: str = KEPT
    ) -> None:
        self._files = files or MultiValueDict()
        self.slots = [_slot(number, data, self._files) for number in range(1, attaching.MOST + 1)]
        self.refusal: posting.NotPosted | None = None
        """Why a file that came with the form was not looked at; the form comes back."""
        kept = attaching.found(slot.key for slot in self.slots)
        for slot in self.slots:
            _find(slot, kept.get(slot.key), own, at)

    @classmethod
    def of(cls, comment: Comment, at: str) -> "Slots":
        """As they stand in the form that changes a comment, before anything is changed."""
        data: dict[str, str] = {}
        for number, each in enumerate(comment.pictures or (), start=1):
            data |= {f"kept{number}": each["key"], f"alt{number}": each["alt"]}
        return cls(data, own=comment, at=at)

    def take_in(self, by: Commenter) -> None:
        """Keep the pictures that came with the form, whatever becomes of it."""
        try:
            self._require_few()
            for slot in self.slots:
                if slot.file:
                    _take(slot, slot.file, by)
        except posting.NotPosted as refusal:
            self.refusal = refusal

    @property
    def valid(self) -> bool:
        """Whether each picture can be used, and is described."""
        for slot in self.slots:
            if slot.picture and not slot.alt and not slot.error:
                slot.error = _("Say what the picture shows, for those who cannot see it.")
        return not any(slot.error for slot in self.slots)

    @property
    def attached(self) -> tuple[Attached, ...]:
        return tuple(slot.attached for slot in self.slots if slot.attached)

    @property
    def shown(self) -> list[dict[str, Any]]:
        return [each.as_shown() for each in self.attached]

    @property
    def filled(self) -> bool:
        """Whether there is anything in them to be seen."""
        return any(slot.picture or slot.error or slot.alt for slot in self.slots)

    @property
    def as_fields(self) -> list[tuple[str, str]]:
        """What a form that is all hidden says of the same pictures."""
        kept = [(slot.number, slot.attached) for slot in self.slots if slot.attached]
        fields = [[(f"kept{number}", each.key), (f"alt{number}", each.alt)] for number, each in kept]
        return [field for each in fields for field in each]

    def _require_few(self) -> None:
        count = sum(len(each) for _name, each in self._files.lists())
        if count and not attaching.is_on():
            raise posting.NotPosted(_("No pictures are taken with comments here. Your text is kept below."))
        if count > attaching.MOST:
            raise posting.NotPosted(
                ngettext(
                    "At most %(n)s picture goes with a comment. Choose it again.",
                    "At most %(n)s pictures go with a comment. Choose them again.",
                    attaching.MOST,
                )
                % {"n": speaking.number(attaching.MOST)}
            )


def too_large() -> str:
    most = speaking.number(attaching.largest() // 1024**2)
    return _("This picture is larger than %(n)s MB. Choose a smaller one.") % {"n": most}


def no_picture() -> str:
    return _("This file cannot be used as a picture. JPEG, PNG, WebP and GIF are taken, up to 40 megapixels.")


def _slot(number: int, data: Mapping[str, str], files: Files) -> Slot:
    """A box that is ticked empties it."""
    file = files.get(f"picture{number}")
    key = "" if data.get(f"drop{number}") else data.get(f"kept{number}", "")
    alt = "" if data.get(f"drop{number}") and not file else clean_line(data.get(f"alt{number}", ""))
    return Slot(number, key, alt[:LONGEST_ALT], file)


def _find(slot: Slot, kept: AttachedPicture | None, own: Comment | None, at: str) -> None:
    if kept is not None:
        slot.picture = kept
        slot.at = at if own is not None and kept.comment_id == own.pk else KEPT
    elif slot.key and not slot.file:
        slot.error = _("This picture was not posted in time and is no longer kept. Choose it again.")


def _take(slot: Slot, file: "UploadedFile[Any]", by: Commenter) -> None:
    if (file.size or 0) > attaching.largest():
        slot.error = too_large()
        return
    if exhausted := allowances.spend_picture(by):
        raise _too_many(exhausted.retry_after)
    try:
        slot.picture = attaching.take_in(file.read())
        slot.key, slot.at = slot.picture.key, KEPT
    except BadPicture:
        slot.error = no_picture()
    except (NoPlace, attaching.Full):
        raise NoRoom(
            _(
                "Many people send pictures just now. Your text is kept below, and so is every picture that you see "
                "there; choose the others again in a minute, or post without them."
            ),
            retry_after=60,
        ) from None


def _too_many(seconds: int) -> posting.TooMany:
    sentence = ngettext(
        "That is a lot of pictures in a short time. Your text is kept below, and so is every picture that you see "
        "there; choose the others again in %(n)s second, or post without them.",
        "That is a lot of pictures in a short time. Your text is kept below, and so is every picture that you see "
        "there; choose the others again in %(n)s seconds, or post without them.",
        seconds,
    )
    return posting.TooMany(sentence % {"n": speaking.number(seconds)}, seconds)

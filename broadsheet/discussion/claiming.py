"""A guest's comments become an account's, once both are shown to be the same person's: by receipt or by address.

The name stays as it was written, and receipts go on working. Names that were the guest's go along where the address is
the account's, so that nobody else can take them.
"""

from django.db import transaction
from django.db.models import QuerySet

from broadsheet.discussion import guests, naming, writing
from broadsheet.discussion.models import Comment, Guest, ReservedName
from broadsheet.events.recording import record
from broadsheet.readers.models import Reader


def is_claimable(comment: Comment) -> bool:
    """Whether it is a guest's still; of one that was withdrawn, nobody's, nothing is left to claim."""
    return comment.reader_id is None and comment.state not in (Comment.State.WITHDRAWN, Comment.State.PRIVATE)


def claim(comment: Comment, *, by: Reader) -> bool:
    """Give the comment to whoever holds its receipt and is signed in; whether it is theirs now."""
    return writing.write(lambda: _claimed(comment, by))


def claimable_by_address(reader: Reader) -> int:
    """How many comments were written by a guest with the reader's proved address."""
    guest = _guest_of(reader)
    return 0 if guest is None else _claimable(guest).count()


def claim_by_address(reader: Reader) -> int:
    """Give the reader what was written with their address; how many comments that were."""
    guest = _guest_of(reader)
    if guest is None:
        return 0
    with transaction.atomic():
        claimed = _claimable(guest).update(reader=reader, guest=None)
        _forget(guest, reader)
        if claimed:
            record("reader.claimed", reader=reader.pk, comments=claimed)
    return claimed


def _claimed(comment: Comment, by: Reader) -> bool:
    found = Comment.objects.select_for_update(of=("self",)).select_related("guest").get(pk=comment.pk)
    if not is_claimable(found):
        return found.reader_id == by.pk
    guest, found.guest, found.reader = found.guest, None, by
    found.save(update_fields=["guest", "reader"])
    if guest is not None:
        _forget(guest, by)
    record("reader.claimed", reader=by.pk, comments=1)
    return True


def _guest_of(reader: Reader) -> Guest | None:
    """The guest with the reader's address, if it was shown that mail to it reaches them."""
    if reader.address_proved_at is None:
        return None
    return Guest.objects.filter(address_digest=guests.digest_of(reader.email)).first()


def _is_same(guest: Guest, reader: Reader) -> bool:
    return reader.address_proved_at is not None and guest.address_digest == guests.digest_of(reader.email)


def _claimable(guest: Guest) -> QuerySet[Comment]:
    left_out = (Comment.State.WITHDRAWN, Comment.State.PRIVATE)
    return Comment.objects.filter(guest=guest, reader=None).exclude(state__in=left_out)


def _forget(guest: Guest, reader: Reader) -> None:
    """A guest of whom nothing is left."""
    if _is_same(guest, reader):
        ReservedName.objects.filter(guest=guest).update(guest=None, reader=reader)
        naming.leave_earlier(reader)
    Guest.objects.filter(pk=guest.pk, comments=None).delete()

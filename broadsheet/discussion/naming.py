"""Whose name it is. Whoever confirmed an address, or has an account, has the name they wrote under to themselves.

Everybody else may still use it, or one that looks the same, and readers are told: it may be another person. An address
that was typed into a form proves nothing and changes nothing of that, so nobody can wear a name by typing somebody's
address, and nobody learns whether an address is known. What proves it is a letter to it (`prove`).
"""

from django.db import connection, transaction

from broadsheet.discussion import showing
from broadsheet.discussion.models import Comment, Guest, ReservedName
from broadsheet.kit.confusables import skeletons
from broadsheet.readers.models import Reader

OTHER = "other"
"""The mark of a comment under a name that somebody else may have confirmed."""

LONGEST_LOOK = 320
_HOLDERS = "SELECT reader_id FROM discussion_reservedname WHERE skeleton IN ({})"


def mark_for(name: str, reader: Reader | None) -> str:
    """The mark a comment under this name gets: one indexed look, and a plain statement, since every post asks.

    A reader's own name becomes theirs with their first comment.
    """
    looks = sorted(_looks(name))
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS.format(", ".join(["%s"] * len(looks))), looks)
        holders = {row[0] for row in cursor.fetchall()}
    if reader is not None and not holders:
        reserve(name, reader=reader)
    return "" if not holders or (reader is not None and holders == {reader.pk}) else OTHER


def reserve(name: str, *, guest: Guest | None = None, reader: Reader | None = None) -> bool:
    """Make a name somebody's, if it is nobody's yet; whether it is theirs now."""
    looks = _looks(name)
    ReservedName.objects.bulk_create(
        [ReservedName(skeleton=look, name=name, guest=guest, reader=reader) for look in sorted(looks)],
        ignore_conflicts=True,
    )
    holders = ReservedName.objects.filter(skeleton__in=looks).values_list("guest_id", "reader_id")
    return set(holders) == {(guest and guest.pk, reader and reader.pk)}


def unproved_of(guest: Guest) -> list[Comment]:
    """Comments with this guest's address, under a name that is this guest's, that were not said to be theirs yet."""
    marked = Comment.objects.filter(
        guest=guest, mark=OTHER, state__in=[Comment.State.HELD, Comment.State.PUBLISHED]
    )
    found = marked.select_related("thread__article").order_by("-pk")[:50]
    held = set(ReservedName.objects.filter(guest=guest).values_list("skeleton", flat=True))
    return [comment for comment in found if _looks(comment.author_name) <= held]


def prove(guest: Guest, pk: int) -> bool:
    """The holder of the address says that a comment with it is theirs: its mark goes."""
    if not any(comment.pk == pk for comment in unproved_of(guest)):
        return False
    with transaction.atomic():
        comment = showing.locked(Comment.objects.get(pk=pk))
        if comment.mark != OTHER:
            return False
        comment.mark = ""
        comment.save(update_fields=["mark"])
        if comment.visible:
            showing.change(comment)
    return True


def _looks(name: str) -> frozenset[str]:
    """One letter may look like a whole phrase; what is cut off tells no two names apart."""
    return frozenset(look[:LONGEST_LOOK] for look in skeletons(name))

"""Whose name it is. Whoever confirmed an address, or has an account, has the name they wrote under to themselves.

Everybody else may still use it, or one that looks the same, and readers are told: it may be another person. An address
that was typed into a form proves nothing and changes nothing of that, so nobody can wear a name by typing somebody's
address, and nobody learns whether an address is known. What proves it is a letter to it (`prove`).

Nobody collects names. Who takes another one has the earlier ones for a while, as long as something stands under them,
and never more than a few.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from broadsheet.discussion import showing
from broadsheet.discussion.models import Comment, Guest, ReservedName
from broadsheet.kit.confusables import skeletons
from broadsheet.readers.models import Reader

OTHER = "other"
"""The mark of a comment under a name that somebody else may have confirmed."""

MOST = 5
"""Names that one account, or one address, has to itself."""
LEFT_KEPT = timedelta(days=365)
"""So long a name that a reader left is nobody else's: what they wrote under it may still be talked about."""

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
    if guest is not None:
        _keep_few(ReservedName.objects.filter(guest=guest), MOST)
    holders = ReservedName.objects.filter(skeleton__in=looks).values_list("guest_id", "reader_id")
    return set(holders) == {(guest and guest.pk, reader and reader.pk)}


def leave_earlier(reader: Reader) -> None:
    """A reader goes by another name: the earlier ones stay theirs for a while, those that stand nowhere do not."""
    mine = ReservedName.objects.filter(reader=reader)
    mine.filter(skeleton__in=_looks(reader.name)).update(left_at=None)
    left = mine.exclude(skeleton__in=_looks(reader.name))
    names = list(left.values_list("name", flat=True).distinct())
    written_under = Comment.objects.filter(reader=reader, author_name__in=names)
    left.exclude(name__in=list(written_under.values_list("author_name", flat=True).distinct())).delete()
    left.filter(left_at=None).update(left_at=timezone.now())
    _keep_few(left, MOST - 1)  # and the one they go by


def free_left() -> int:
    """Make names free that were left long ago; the clock calls it. It finds those that the newsroom changed, too."""
    others = ReservedName.objects.filter(reader__isnull=False, left_at=None).exclude(name=F("reader__name"))
    for reader in Reader.objects.filter(pk__in=others.values("reader")):
        leave_earlier(reader)
    return int(ReservedName.objects.filter(left_at__lt=timezone.now() - LEFT_KEPT).delete()[0])


def _keep_few(held: "QuerySet[ReservedName]", most: int) -> None:
    """Those they had last."""
    newest = held.order_by("-left_at", "-made_at", "-pk")
    names = list(dict.fromkeys(newest.values_list("name", flat=True)))
    if surplus := names[most:]:
        held.filter(name__in=surplus).delete()


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

"""Follow, confirm, and end it. An address is told of nothing before its owner said yes on the page in the letter."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from broadsheet.discussion import guests, naming
from broadsheet.discussion.models import Comment, Guest
from broadsheet.events.models import Event
from broadsheet.mail import suppressing, writing
from broadsheet.mail.models import Suppression
from broadsheet.notices.models import Follow, Follower, Notice, Preference
from broadsheet.readers.models import Reader

UNCONFIRMED_KEPT = timedelta(days=14)
ENDED_KEPT = timedelta(days=60)
"""So long a letter that came before still leads to its follower's page."""
MAILING = "notices"
CHOSEN = ("mode", "quiet_from", "quiet_until", "zone", "language", "feed_number")
"""What of an account's follower goes along when its address changes."""
RESTING = Q(kind=Follow.Kind.REPLIES, comment__state=Comment.State.REMOVED)
"""Nobody hears of answers to a comment that was removed; its author does again once it is restored."""


def address_of(comment: Comment) -> str:
    """Where its author wants to hear of it; empty where they gave none."""
    if comment.reader is not None:
        return comment.reader.email
    return settings.KEYRING.unseal(comment.guest.address_sealed) if comment.guest else ""


def ask(comment: Comment, *, extent: str, address: str) -> Follow:
    """Note that somebody wants to be told, from a comment of theirs."""
    thing: dict[str, Any] = {"kind": extent}
    if extent != Follow.Kind.MENTIONS:
        thing["thread"] = comment.thread
    if extent == Follow.Kind.REPLIES:
        thing["comment"] = comment
    beside = {"comment": comment} if extent == Follow.Kind.THREAD else {}
    return ask_for(thing, address=address, reader=comment.reader, **beside)


def ask_for(thing: Mapping[str, Any], *, address: str, reader: Reader | None = None, **beside: Any) -> Follow:
    """Note that somebody wants to be told: `thing` is a kind and its foreign key, `beside` what a new one has.

    A reader's own address needs no letter: they prove it by signing in.
    """
    proved = reader is not None and reader.email == address
    follower = of_reader(reader) if reader is not None and proved else _follower_with(address)
    follow, _ = Follow.objects.get_or_create(follower=follower, **thing, defaults=beside)
    if follow.ended_at is not None:
        follow.asked_at, follow.confirmed_at, follow.ended_at = timezone.now(), None, None
    if proved:
        follow.confirmed_at = follow.confirmed_at or timezone.now()
    follow.save()
    return follow


def take_over(thing: Mapping[str, Any], *, address: str, since: datetime) -> Follow:
    """What the owner of an address confirmed elsewhere stands here too; what stands or ended here stays as it is."""
    follower = _follower_with(address)
    if follower.confirmed_at is None:
        follower.confirmed_at = since
        follower.save(update_fields=["confirmed_at"])
    times = {"asked_at": since, "confirmed_at": since}
    follow, _ = Follow.objects.get_or_create(follower=follower, **thing, defaults=times)
    if follow.confirmed_at is None and follow.ended_at is None:
        follow.confirmed_at = since
        follow.save(update_fields=["confirmed_at"])
    return follow


def of_reader(reader: Reader) -> Follower:
    """The follower that a reader's account is."""
    follower = _follower_with(reader.email)
    if follower.reader_id is None:
        Follower.objects.filter(reader=reader).update(reader=None)  # of an address they had before
        follower.reader, follower.confirmed_at = reader, timezone.now()
        follower.save(update_fields=["reader", "confirmed_at"])
    return follower


def confirm(follower: Follower) -> None:
    """The owner of the address says yes to all that was asked with it, and has the names they wrote under."""
    now = timezone.now()
    with transaction.atomic():
        pending = list(pending_of(follower))
        Follow.objects.filter(pk__in=[follow.pk for follow in pending]).update(confirmed_at=now)
        Follower.objects.filter(pk=follower.pk).update(confirmed_at=now)
        suppressing.release(settings.KEYRING.unseal(follower.address_sealed), mailing=MAILING)
        for follow in pending:
            guest = follow.comment.guest if follow.comment else None
            if follow.comment and guest and guest.address_digest == follower.address_digest:
                naming.reserve(follow.comment.author_name, guest=guest)


def prove(follower: Follower, pk: int) -> bool:
    """The owner of the address says that a comment sent with it is theirs."""
    guest = Guest.objects.filter(address_digest=follower.address_digest).first()
    return guest is not None and naming.prove(guest, pk)


def unproved_of(follower: Follower) -> list[Comment]:
    guest = Guest.objects.filter(address_digest=follower.address_digest).first()
    return naming.unproved_of(guest) if guest is not None else []


def end(follower: Follower, pk: int | None = None) -> None:
    """Follow one thing no more, or nothing."""
    follows = follower.follows.filter(ended_at=None)
    (follows.filter(pk=pk) if pk is not None else follows).update(ended_at=timezone.now())


def leave(follower: Follower) -> None:
    """Nothing more to this address, not even a question, until its owner takes that back."""
    with transaction.atomic():
        end(follower)
        address = settings.KEYRING.unseal(follower.address_sealed)
        suppressing.suppress(address, Suppression.Cause.UNSUBSCRIBED, mailing=MAILING)


def has_left(follower: Follower) -> bool:
    return suppressing.is_suppressed(settings.KEYRING.unseal(follower.address_sealed), mailing=MAILING)


def come_back(follower: Follower) -> None:
    suppressing.release(settings.KEYRING.unseal(follower.address_sealed), mailing=MAILING)


def pending_of(follower: Follower) -> "QuerySet[Follow]":
    return _seen(follower).filter(confirmed_at=None)


def standing_of(follower: Follower) -> "QuerySet[Follow]":
    return _seen(follower).filter(confirmed_at__isnull=False)


def told() -> "QuerySet[Follow]":
    """Those of all that letters are written for."""
    return Follow.objects.filter(ended_at=None, confirmed_at__isnull=False).exclude(RESTING)


def _seen(follower: Follower) -> "QuerySet[Follow]":
    follows = Follow.objects.filter(follower=follower.pk, ended_at=None).exclude(RESTING)
    things = ("thread__article", "comment__guest", "reader__profile", "byline", "section", "tag")
    return follows.select_related(*things).order_by("-pk")


def forget_withdrawn(events: Sequence[Event]) -> None:
    """With a comment that its author took back goes what was followed from it, which says who wrote it (an event
    consumer)."""
    hidden = [event.facts["comment"] for event in events]
    withdrawn = {"comment__in": hidden, "comment__state": Comment.State.WITHDRAWN}
    Follow.objects.filter(**withdrawn).delete()
    Notice.objects.filter(**withdrawn).delete()


def move(events: Sequence[Event]) -> None:
    """With the address of an account goes what it follows (an event consumer). The page of it gets another key, since
    whoever reads the mailbox that the account had before has the old one."""
    before = Follower.objects.filter(reader__in={event.facts["reader"] for event in events})
    for follower in before.select_related("reader"):
        reader = follower.reader
        if reader is None or guests.digest_of(reader.email) == follower.address_digest:
            continue
        with transaction.atomic():
            new = _follower_with(reader.email)
            theirs = {follow.thing for follow in new.follows.all()}
            for follow in follower.follows.all():
                if follow.thing not in theirs:
                    follow.follower = new
                    follow.save(update_fields=["follower"])
            Preference.objects.filter(follower=new).delete()
            follower.preferences.update(follower=new)
            follower.delete()
            new.reader, new.confirmed_at = reader, timezone.now()
            for name in CHOSEN:
                setattr(new, name, getattr(follower, name))
            new.save(update_fields=["reader", "confirmed_at", *CHOSEN])


def forget_idle() -> int:
    """Forget addresses nobody said yes for, and those that follow nothing any more; the clock calls it.

    Who left for good keeps their page, since nothing else takes that back.
    """
    old = timezone.now() - UNCONFIRMED_KEPT
    Follow.objects.filter(
        Q(confirmed_at=None, asked_at__lt=old) | Q(ended_at__lt=timezone.now() - ENDED_KEPT)
    ).delete()
    follows = Follow.objects.filter(follower=OuterRef("pk"))
    empty = Follower.objects.filter(~Exists(follows), reader=None, made_at__lt=old)
    confirmed = empty.exclude(confirmed_at=None)
    digests = {each.pk: writing.digest_of(settings.KEYRING.unseal(each.address_sealed)) for each in confirmed}
    left = suppressing.suppressed(digests.values(), mailing=MAILING)
    kept = [pk for pk, digest in digests.items() if digest in left]
    return int(empty.exclude(pk__in=kept).delete()[0])


def _follower_with(address: str) -> Follower:
    follower, _ = Follower.objects.get_or_create(
        address_digest=guests.digest_of(address),
        defaults={"address_sealed": settings.KEYRING.seal(address.strip())},
    )
    return follower

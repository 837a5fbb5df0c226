"""From a comment to letters for those who follow. The consumer only notes it; the worker writes the letters, some
hundreds in one transaction, so that a thread with thousands of followers keeps nobody from posting."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.discussion import guests
from broadsheet.discussion.models import Comment
from broadsheet.events.models import Event
from broadsheet.mail import carrying, writing
from broadsheet.mail.models import Letter
from broadsheet.notices import following, lettering
from broadsheet.notices.models import Follow, Follower, Telling

KINDS = frozenset({"comment.published", "comment.held"})
AT_ONCE = 200
"""Followers whose letters are written in one transaction."""
MORNING = 7
"""The hour, in the publication's zone, of letters that go once a day."""


def note(events: Sequence[Event]) -> None:
    """Who asked to be told, what is to be told, and whose comment waits for its author's word (an event consumer)."""
    if not carrying.is_set_up():
        return
    facts = {event.facts["comment"]: event for event in events}
    found = Comment.objects.filter(pk__in=facts).select_related("guest", "reader")
    comments = list(found.defer("source", "html"))
    for comment in comments:
        if facts[comment.pk].facts.get("wants_replies") and (address := following.address_of(comment)):
            _ask(comment, Follow.Extent.REPLIES, address)
        elif comment.mark == "other" and comment.guest is not None:
            for follower in Follower.objects.filter(address_digest=comment.guest.address_digest):
                _question(follower)
    shown = [comment for comment in comments if facts[comment.pk].kind == "comment.published"]
    threads = {comment.thread_id for comment in shown}
    followed = set(following.told().filter(thread__in=threads).values_list("thread_id", flat=True))
    tellings = [Telling(comment=comment) for comment in shown if comment.thread_id in followed]
    Telling.objects.bulk_create(tellings, ignore_conflicts=True)


def ask_by_letter(comment: Comment, *, extent: str, address: str) -> None:
    """Somebody with a receipt wants to be told; whoever reads that mailbox is asked."""
    with transaction.atomic():
        if comment.guest is None and comment.reader is None:
            comment.guest = guests.guest_with(address)  # whoever holds the receipt is the author
            comment.save(update_fields=["guest"])
        _ask(comment, extent, following.address_of(comment))


def _ask(comment: Comment, extent: str, address: str) -> None:
    follow = following.ask(comment, extent=extent, address=address)
    if follow.confirmed_at is None:
        _question(follow.follower)


def _question(follower: Follower) -> None:
    """One letter asks about everything that waits, so one that has not left yet will do."""
    writing.write_unless_waiting(
        lettering.CONFIRMATION,
        to=settings.KEYRING.unseal(follower.address_sealed),
        facts={"follower": follower.pk},
        bundle="confirmation",
    )


def tell_due() -> int:
    """Write the next letters; how many followers have one."""
    telling = Telling.objects.filter(ended_at=None).select_related("comment__guest").order_by("id").first()
    if telling is None:
        return 0
    comment = telling.comment
    if not comment.visible:
        telling.delete()  # should it ever be published again, it is told of then
        return 1
    follows = _next_follows(telling)
    letters = {
        follow.follower_id: _letter(follow.follower, comment)
        for follow in follows
        if not _is_author(follow, comment)
    }
    with transaction.atomic():
        mine = Telling.objects.filter(pk=telling.pk, told_to=telling.told_to, ended_at=None)
        if follows:
            taken = mine.update(told_to=follows[-1].follower_id)
        else:
            taken = mine.update(ended_at=timezone.now())
        if taken:
            writing.write_all(letters.values())
    return 1


def _next_follows(telling: Telling) -> list[Follow]:
    """Of the next followers, all of each."""
    comment = telling.comment
    of_this = Q(extent=Follow.Extent.THREAD) | Q(comment_id=comment.parent_id)
    follows = (
        following.told()
        .filter(of_this, thread_id=comment.thread_id)
        .exclude(follower__mode=Follower.Mode.OFF)
    )
    after = follows.filter(follower_id__gt=telling.told_to).order_by("follower_id")
    followers = list(after.values_list("follower_id", flat=True).distinct()[:AT_ONCE])
    mine = follows.filter(follower_id__in=followers).select_related("follower", "comment")
    return list(mine.order_by("follower_id"))


def _is_author(follow: Follow, comment: Comment) -> bool:
    """Whether it is surely their own. A typed address alone does not say so: it would keep its owner uninformed."""
    if comment.reader_id is not None:
        return comment.reader_id == follow.follower.reader_id
    if comment.pk == follow.comment_id:
        return True
    same_guest = comment.guest is not None and comment.guest.address_digest == follow.follower.address_digest
    return same_guest and comment.network == follow.comment.network


def _letter(follower: Follower, comment: Comment) -> Letter:
    daily = follower.mode == Follower.Mode.DAILY
    return writing.draft(
        lettering.DAILY if daily else lettering.REPLIES,
        to=settings.KEYRING.unseal(follower.address_sealed),
        facts={"follower": follower.pk, "comment": comment.pk},
        bundle="day" if daily else f"thread {comment.thread_id}",
        due_at=_next_morning() if daily else None,
    )


def _next_morning() -> datetime:
    now = timezone.localtime()
    morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)

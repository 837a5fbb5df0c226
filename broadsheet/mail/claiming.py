"""Whose turn it is, who sends it, and how it ended: every step is one statement that asks for the state before it.

A worker may be killed between any two of them. A letter that was leased and never handed over waits again; one that was
handed over and whose end nobody wrote down is `unknown`, and is not sent again.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from broadsheet.mail.models import Letter

LEASE = timedelta(minutes=3)
"""Longer than any mail server is waited for."""
LOST = "The worker was stopped after the letter was handed over; whether it arrived is not known."


class LeaseLost(Exception):
    """Another worker has it: this one took too long."""


def next_due(*, urgent_only: bool = False) -> Letter | None:
    due = Letter.objects.filter(state=Letter.State.QUEUED, due_at__lte=timezone.now())
    if urgent_only:
        due = due.filter(urgent=True)
    return due.order_by("-urgent", "due_at", "id").first()


def claim(letter: Letter) -> list[Letter]:
    """The letter and those that wait in its bundle, leased; empty where somebody else was quicker."""
    now, lease = timezone.now(), secrets.token_hex(16)
    waiting = Letter.objects.filter(state=Letter.State.QUEUED)
    mine = waiting.filter(pk=letter.pk)
    if letter.bundle:
        mine = waiting.filter(address_digest=letter.address_digest, kind=letter.kind, bundle=letter.bundle)
    with transaction.atomic():
        mine.update(
            state=Letter.State.SENDING, lease=lease, leased_until=now + LEASE, tried_at=now, handed_at=None
        )
        # Two workers may each have found one of a bundle; the lease says which are whose.
        return list(Letter.objects.filter(lease=lease, state=Letter.State.SENDING).order_by("id"))


def hand_over(letters: Collection[Letter], through: str) -> None:
    """Write down that from this moment only this transport knows; raises where the lease has run out."""
    with transaction.atomic():
        mine = _leased(letters)
        if mine.update(handed_at=timezone.now(), through=through) != len(letters):
            raise LeaseLost


def end(letters: Collection[Letter], state: str, reason: str = "", *, taken_as: str = "") -> int:
    """What became of them; nothing secret is kept any longer than that."""
    gone = {"address_sealed": None} if state == Letter.State.DROPPED else {}
    return int(
        _leased(letters).update(
            state=state,
            reason=reason[:300],
            taken_as=taken_as[:255],
            ended_at=timezone.now(),
            secret_sealed=None,
            leased_until=None,
            **gone,
        )
    )


def put_off(letters: Collection[Letter], until: datetime, reason: str, *, tried: bool = True) -> None:
    """They wait again. What was not handed over counts against no cap."""
    tries = max(letter.tries for letter in letters) + tried
    _leased(letters).update(
        state=Letter.State.QUEUED,
        reason=reason[:300],
        due_at=until,
        tries=tries,
        leased_until=None,
        handed_at=None,
    )


def release_lost() -> int:
    """Deal with what a worker left when it was killed."""
    now = timezone.now()
    lost = Letter.objects.filter(state=Letter.State.SENDING, leased_until__lt=now)
    unknown = lost.filter(handed_at__isnull=False).update(
        state=Letter.State.UNKNOWN, reason=LOST, ended_at=now, secret_sealed=None, leased_until=None
    )
    again = lost.filter(handed_at__isnull=True).update(state=Letter.State.QUEUED, leased_until=None)
    return int(unknown + again)


def _leased(letters: Collection[Letter]) -> "QuerySet[Letter]":
    lease = next(iter(letters)).lease
    return Letter.objects.filter(lease=lease, state=Letter.State.SENDING)

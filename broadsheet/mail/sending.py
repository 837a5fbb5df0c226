"""Send what is due: the worker's round through the outbox.

It goes round in a loop of its own, so that a slow server delays nothing else.

`send_due(KINDS)` takes one mail after the other: looks whether it may go now (`capping`, `suppressing`), leases it
(`claiming`), asks its kind what it says today, and hands it over (`carrying`).
"""

import json
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import Error as DatabaseError
from django.utils import timezone

from broadsheet.kit.log_lines import unnamed
from broadsheet.mail import capping, carrying, claiming, envelope, suppressing
from broadsheet.mail.kinds import Content, Kind, NotNeeded, NotYet, Waiting
from broadsheet.mail.models import Letter, Suppression

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=20)
"""Before a letter that was not taken is tried again; each further pause is as long as it has waited so far."""
LONGEST_PAUSE = timedelta(hours=4)
ROUND = 50
"""Mails over one connection, before the loop looks around."""
BRAKE = "Enough mail for now: the option limit_mail."
State = Letter.State


def send_due(kinds: Mapping[str, Kind], limit: int = ROUND) -> int:
    """Send what is due; how many letters have come to their end."""
    if not carrying.is_set_up():
        return 0
    claiming.release_lost()
    ended, room = 0, capping.room_in_all()
    with carrying.Carrier() as carrier:
        for _ in range(limit):
            letter = claiming.next_due(urgent_only=not room)
            if letter is None:
                break
            if not _may_go_now(letter, kinds):
                continue
            letters = claiming.claim(letter)
            try:
                ended += _send(letters, kinds, carrier) if letters else 0
            except carrying.ServerDown as down:
                logger.warning("No mail server takes letters: %s", down)
                break  # to ask them again for each would keep us waiting for each
            room -= not letter.urgent and room > 0
    return ended


def _may_go_now(letter: Letter, kinds: Mapping[str, Kind]) -> bool:
    """Whether no cap stands against it; if one does, it and its like are put off until then."""
    like = Letter.objects.filter(state=State.QUEUED, kind=letter.kind, address_digest=letter.address_digest)
    kind = kinds.get(letter.kind)
    if kind is None:
        return True  # nobody can make words of it, and whoever claims it says so
    if free_at := capping.free_again_at(letter, kind):
        if kind.cap_by_bundle:
            like = like.filter(bundle=letter.bundle)
        like.filter(due_at__lt=free_at).update(
            due_at=free_at, reason="This address got enough of these for now."
        )
        return False
    if free_at := capping.kind_free_at(kind):
        like = Letter.objects.filter(state=State.QUEUED, kind=letter.kind)
        like.filter(due_at__lt=free_at).update(
            due_at=free_at, reason="Enough of these for now, to all together."
        )
        return False
    if not letter.urgent and (free_at := capping.domain_free_at(letter)):
        like = Letter.objects.filter(state=State.QUEUED, domain_digest=letter.domain_digest, urgent=False)
        like.filter(due_at__lt=free_at).update(due_at=free_at, reason="Its mail server gets enough for now.")
        return False
    return True


def _send(letters: Sequence[Letter], kinds: Mapping[str, Kind], carrier: carrying.Carrier) -> int:
    """One mail, from leased letters to their end; how many have come to it."""
    kind = kinds.get(letters[0].kind)
    if kind is None:
        return claiming.end(letters, State.FAILED, "This edition of Broadsheet knows no such letters.")
    if not (fresh := [letter for letter in letters if timezone.now() - letter.written_at < kind.lifetime]):
        return claiming.end(letters, State.FAILED, letters[0].reason or "It waited too long to be of use.")
    if against := suppressing.standing_against(letters[0].address_digest, kind):
        return claiming.end(letters, State.DROPPED, f"Not written to: {against.get_cause_display()}.")
    try:
        address = settings.KEYRING.unseal(letters[0].address_sealed or b"")
        content = kind.compose([_as_seen(letter, address) for letter in fresh])
        mail = envelope.make(kind, content, letters[0], address)
    except NotNeeded as reason:
        return claiming.end(letters, State.DROPPED, str(reason))
    except NotYet as later:
        claiming.put_off(letters, later.until, "Its reader wants no letters at this hour.", tried=False)
        return 0
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("A letter of kind %s cannot be written and will be tried again.", kind.name)
        return _later(letters, f"It cannot be written: {unnamed(repr(error))}")
    try:
        taken_as = carrier.carry(mail, partial(claiming.hand_over, letters))
    except Exception as error:
        return _not_sent(letters, content, error, address)
    return claiming.end(letters, State.SENT, taken_as=taken_as)


def _not_sent(letters: Sequence[Letter], content: Content, error: Exception, address: str) -> int:
    said = _unnamed(str(error), address)
    match error:
        case carrying.FateUnknown():
            return claiming.end(letters, State.UNKNOWN, f"It was handed over, and no answer came: {said}")
        case carrying.Refused():
            if error.no_such_mailbox:
                suppressing.suppress_digest(letters[0].address_digest, Suppression.Cause.BOUNCED, note=said)
            ended = claiming.end(letters, State.FAILED, said)
        case carrying.NotTaken():
            ended = _later(letters, said)
        case claiming.LeaseLost():
            ended = 0
        case _:
            raise error
    if content.unsent:
        content.unsent()
    if isinstance(error, carrying.ServerDown):
        raise carrying.ServerDown(said)
    return ended


def _unnamed(said: str, address: str) -> str:
    """What a mail server said, without whom it said it of: that would be kept longer than the address, and unsealed."""
    return re.sub(re.escape(address), "…", said, flags=re.IGNORECASE)


def _later(letters: Sequence[Letter], reason: str) -> int:
    """Ever more rarely; how often it makes sense at all, the kind's lifetime says."""
    now = timezone.now()
    waited = now - min(letter.written_at for letter in letters)
    claiming.put_off(letters, now + min(max(FIRST_PAUSE, waited), LONGEST_PAUSE), reason)
    return 0


def _as_seen(letter: Letter, address: str) -> Waiting:
    secret = json.loads(settings.KEYRING.unseal(letter.secret_sealed)) if letter.secret_sealed else {}
    return Waiting(letter.pk, address, letter.facts, secret, letter.language)

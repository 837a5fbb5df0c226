"""Write a letter. Call it inside the transaction of the deed; the worker sends it once that is committed.

Nothing is sent here and nothing slow happens, whoever the letter is for. `write` takes any address: whether there is
somebody to write to is asked when the letter's turn comes (see `Kind.compose`), so that a request for a known and for
an unknown address are the same statement.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from broadsheet.mail.kinds import Kind
from broadsheet.mail.models import Letter

BATCH = 500


def write(
    kind: Kind,
    *,
    to: str,
    facts: dict[str, Any] | None = None,
    secret: dict[str, Any] | None = None,
    language: str = "",
    bundle: str = "",
    due_at: datetime | None = None,
) -> Letter:
    """One letter, queued. `secret` is kept sealed, and only until the letter's fate is known."""
    letter = draft(kind, to=to, facts=facts, secret=secret, language=language, bundle=bundle, due_at=due_at)
    letter.save()
    return letter


def write_unless_waiting(kind: Kind, *, to: str, bundle: str, **more: Any) -> Letter | None:
    """As `write`, but where one of this bundle waits already, that one will do: its composer looks again."""
    waiting = Letter.objects.filter(
        address_digest=digest_of(to), kind=kind.name, bundle=bundle, state=Letter.State.QUEUED
    )
    return None if waiting.exists() else write(kind, to=to, bundle=bundle, **more)


def write_all(letters: Iterable[Letter]) -> None:
    """Many that were made by `draft`, in few statements."""
    Letter.objects.bulk_create(letters, batch_size=BATCH)


def draft(
    kind: Kind,
    *,
    to: str,
    facts: dict[str, Any] | None = None,
    secret: dict[str, Any] | None = None,
    language: str = "",
    bundle: str = "",
    due_at: datetime | None = None,
) -> Letter:
    """A letter that is not saved yet."""
    now = timezone.now()
    address = to.strip()
    return Letter(
        kind=kind.name,
        address_sealed=settings.KEYRING.seal(address),
        address_digest=digest_of(address),
        domain_digest=settings.KEYRING.digest("mail domain", address.rpartition("@")[2].casefold()),
        facts=facts or {},
        secret_sealed=settings.KEYRING.seal(json.dumps(secret)) if secret else None,
        language=language,
        bundle=bundle,
        urgent=kind.asked,
        written_at=now,
        due_at=due_at or now + kind.window,
    )


def digest_of(address: str) -> str:
    """What stands for an address in the outbox and on the list of those that are not written to."""
    digest: str = settings.KEYRING.digest("mail address", address.strip().casefold())
    return digest

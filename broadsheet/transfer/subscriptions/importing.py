"""Make standing follows of confirmed subscriptions, some hundreds in a transaction; a second run changes nothing.

What its owner ended here since the first run stays ended, and an address that wants no letters is left alone.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from broadsheet.discussion import reading as discussions
from broadsheet.discussion.models import Comment
from broadsheet.mail import suppressing
from broadsheet.notices import following
from broadsheet.notices.models import Follow
from broadsheet.readers.models import Reader
from broadsheet.transfer.models import Imported, ImportedSubscription, Source
from broadsheet.transfer.subscriptions import reading
from broadsheet.transfer.subscriptions.report import Report
from broadsheet.transfer.subscriptions.sql import Row

BATCH = 200
_UNCONFIRMED = "nobody confirmed them"
_NO_ADDRESS = "their address is none"
_NOT_HERE = "what they follow was not imported"
_NO_ACCOUNT = "whom they follow has no public page here"
_LEFT = "their owner wants no letters"
_UNKNOWN = "they follow something unknown"
_KINDS = {"post": Follow.Kind.THREAD, "all_comment": Follow.Kind.ANSWERS, "comment": Follow.Kind.REPLIES}


class Left(Exception):
    """Why a row is not taken."""


def import_subscriptions(file: Path, *, source: Source, dry_run: bool = False) -> Report:
    report = Report(dry_run=dry_run)
    rows = reading.rows(file)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            _take(batch, source, report)
            if dry_run:
                transaction.set_rollback(True)
    return report


def _take(batch: Iterable[tuple[str, Row]], source: Source, report: Report) -> None:
    known = _known(batch, source)
    for table, row in batch:
        number = row.get("id", "")
        try:
            if (table, _number(number)) in known:
                report.known += 1
                continue
            report.taken[_taken(table, row, source).get_kind_display()] += 1
            known.add((table, _number(number)))
        except Left as why:
            report.leave(table, number, str(why))


def _known(batch: Iterable[tuple[str, Row]], source: Source) -> set[tuple[str, int]]:
    numbers = {number for _, row in batch if (number := _digits(row.get("id", ""))) is not None}
    found = ImportedSubscription.objects.filter(source=source, foreign_id__in=numbers)
    return set(found.values_list("table", "foreign_id"))


def _taken(table: str, row: Row, source: Source) -> Follow:
    if row.get("confirm", "").strip() != "1":
        raise Left(_UNCONFIRMED)
    address = _address(row.get("email" if table == reading.SUBSCRIPTIONS else "follower_email", ""))
    thing = _thing(row, source) if table == reading.SUBSCRIPTIONS else _reader(row)
    if suppressing.is_suppressed(address, mailing=following.MAILING):
        raise Left(_LEFT)
    follow = following.take_over(thing, address=address, since=_moment(row))
    ImportedSubscription.objects.create(
        source=source,
        table=table,
        foreign_id=_number(row.get("id", "")),
        key_digest=digest_of(row.get("activation_key", "")),
        follow=follow,
    )
    return follow


def digest_of(key: str) -> str:
    """Of the key that stands in wpDiscuz's letters."""
    digest: str = settings.KEYRING.digest("wpdiscuz key", key)
    return digest


def _thing(row: Row, source: Source) -> dict[str, Any]:
    kind = _KINDS.get(row.get("subscribtion_type", "").strip())
    if kind is None:
        raise Left(_UNKNOWN)
    post = Imported.objects.filter(source=source, foreign_id=_number(row.get("post_id", "")))
    imported = post.select_related("article").first()
    if imported is None or imported.article is None:
        raise Left(_NOT_HERE)
    thread = discussions.started_thread_of(imported.article)
    thing: dict[str, Any] = {"kind": kind, "thread": thread}
    if kind == Follow.Kind.REPLIES:
        anchor = f"comment-{_number(row.get('subscribtion_id', ''))}"
        thing["comment"] = Comment.objects.filter(thread=thread, anchor=anchor).first()
        if thing["comment"] is None:
            raise Left(_NOT_HERE)
    return thing


def _reader(row: Row) -> dict[str, Any]:
    shown = Reader.objects.filter(is_active=True, profile__shown_at__isnull=False)
    reader = shown.filter(email__iexact=row.get("user_email", "").strip()).first()
    if reader is None:
        raise Left(_NO_ACCOUNT)
    return {"kind": Follow.Kind.READER, "reader": reader}


def _address(typed: str) -> str:
    address = typed.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Left(_NO_ADDRESS) from None
    return address


def _moment(row: Row) -> datetime:
    """When it was subscribed to; now, where that is no moment or still to come."""
    now = timezone.now()
    try:
        said = datetime.fromisoformat(row.get("subscription_date") or row.get("follow_date") or "")
    except ValueError:
        return now
    return min(said.replace(tzinfo=said.tzinfo or UTC), now)


def _digits(typed: str) -> int | None:
    typed = typed.strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def _number(typed: str) -> int:
    number = _digits(typed)
    if number is None:
        raise Left(_UNKNOWN)
    return number

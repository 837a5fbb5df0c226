"""What is heard of letters after they were taken: they came back, or their readers call them unwanted.

A provider is believed by the secret it was given for that; a mail server by the name of the letter, which stands
nowhere but in the letter itself. So nobody can have a stranger's address taken off.
"""

from collections.abc import Iterable
from email import message_from_bytes
from email.message import Message
from typing import cast
from urllib.parse import urlsplit

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.urls import urlpatterns as anymails_addresses
from anymail.webhooks.base import AnymailCoreWebhookView
from django.conf import settings
from django.db.models import QuerySet

from broadsheet.kit.log_lines import unnamed
from broadsheet.kit.text import clean_line
from broadsheet.mail import suppressing, transports
from broadsheet.mail.models import Letter, Suppression

Cause = Suppression.Cause
FOR_GOOD = frozenset({RejectReason.BOUNCED, RejectReason.INVALID})
UNWANTED = {EventType.COMPLAINED: Cause.COMPLAINED, EventType.UNSUBSCRIBED: Cause.UNSUBSCRIBED}
_TRACKING = "_tracking_webhook"


def view_of(provider: str) -> AnymailCoreWebhookView | None:
    """Anymail's view of what a provider tells, which knows its secrets; None where we send nothing through it."""
    named = {transport.name: transport for transport in transports.named()}
    for address in anymails_addresses:
        if provider in named and address.name == f"{provider}{_TRACKING}":
            secrets = named[provider].options | {"webhook_secret": [secret_of(provider)]}
            return address.callback.view_class(**secrets)
    return None


def address_for(provider: str) -> str:
    """What a publisher gives to the provider; empty for what tells nothing by itself."""
    if view_of(provider) is None:
        return ""
    place = urlsplit(settings.URL)
    return f"{place.scheme}://{secret_of(provider)}@{place.netloc}/mail/events/{provider}/"


def secret_of(provider: str) -> str:
    """User and password that the provider has to send (RFC 7617)."""
    return f"broadsheet:{settings.KEYRING.digest('mail events', provider)}"


def note_events(provider: str, events: Iterable[AnymailTrackingEvent]) -> None:
    """An event that is told again changes nothing."""
    for event in events:
        said = _words(event.description or event.mta_response or event.reject_reason or event.event_type)
        name = clean_line(str(event.message_id or ""))
        letters = Letter.objects.filter(through=provider, taken_as=name) if name else Letter.objects.none()
        if event.event_type in (EventType.BOUNCED, EventType.REJECTED):
            _note_returned(letters, said)
            if event.reject_reason in FOR_GOOD and event.recipient:
                suppressing.suppress(event.recipient, Cause.BOUNCED, note=said)
        elif event.event_type in UNWANTED and event.recipient:
            suppressing.suppress(event.recipient, UNWANTED[event.event_type], note=said)


def note_report(content: bytes) -> bool:
    """Of a mail that came back (RFC 3464): whether it is one, and of a letter of ours."""
    mail = message_from_bytes(content)  # which stumbles over no header, as its newer way does
    parts = list(mail.walk())
    failed = [block for part in parts for block in _statuses(part) if _field(block, "Action") == "failed"]
    leases = {lease for part in parts if (lease := _lease(part))}
    letters = (
        Letter.objects.filter(lease__in=leases, handed_at__isnull=False) if failed else Letter.objects.none()
    )
    digests = set(letters.values_list("address_digest", flat=True))
    for block in failed if digests else ():
        said = _words(_field(block, "Diagnostic-Code") or _field(block, "Status"))
        _note_returned(letters, said)
        if _field(block, "Status").startswith("5.1."):
            for digest in digests:
                suppressing.suppress_digest(digest, Cause.BOUNCED, note=said)
    return bool(digests)


def _note_returned(letters: "QuerySet[Letter]", said: str) -> None:
    was_taken = letters.filter(state__in=[Letter.State.SENT, Letter.State.UNKNOWN])
    was_taken.update(state=Letter.State.RETURNED, reason=said)


def _statuses(part: Message) -> list[Message]:
    """Of each recipient what a report says, as headers."""
    if part.get_content_type() != "message/delivery-status":
        return []
    return [block for block in part.get_payload() if isinstance(block, Message)]


def _lease(part: Message) -> str:
    """The name of the letter that came back, of which the report quotes the head, or everything."""
    if part.get_content_type() == "text/rfc822-headers":
        quoted = message_from_bytes(cast("bytes", part.get_payload(decode=True)))
    elif part.get_content_type() == "message/rfc822":
        quoted = cast("list[Message]", part.get_payload())[0]
    else:
        return ""
    return _field(quoted, "Message-ID").strip("<> ").partition("@")[0]


def _words(said: object) -> str:
    """What a stranger says, on one line, without whom it is said of."""
    return unnamed(clean_line(str(said)))[:300]


def _field(headers: Message, name: str) -> str:
    return clean_line(str(headers.get(name, "")))

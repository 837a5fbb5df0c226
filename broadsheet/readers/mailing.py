"""Sign-in links and codes by mail, where a mail server is set up.

Asking only leaves a row, the same for every address, so that neither the answer nor its time says who has an account.
The worker looks whom it is for, and sends.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone

from broadsheet.readers import codes, signing_in
from broadsheet.readers.models import LinkRequest, Reader, SignInCode

logger = logging.getLogger(__name__)

LIFETIME = timedelta(minutes=30)
"""Of a link and a code that went by mail, and of the wish for them that could not be sent."""


def is_set_up() -> bool:
    return bool(settings.OPTIONS["mail_url"])


def ask(email: str) -> str:
    """What the browser that asks keeps, to type the code into it."""
    code, token = codes.ask(LIFETIME)
    LinkRequest.objects.create(address=settings.KEYRING.seal(email.strip().lower()), code=code)
    return token


def send_waiting(limit: int = 10) -> int:
    """Send the links that were asked for, where the address is one of the staff's; how many wishes are dealt with."""
    dealt = 0
    for request in LinkRequest.objects.select_related("code").order_by("pk")[:limit]:
        try:
            _send(settings.KEYRING.unseal(request.address), request.code)
        except (OSError, SMTPException) as error:
            if request.asked_at > timezone.now() - LIFETIME:
                logger.warning("The mail server takes no letter now: %s", error)
                return dealt  # the others would wait as long
        request.delete()
        dealt += 1
    return dealt


def _send(email: str, code: SignInCode | None) -> None:
    staff = Reader.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True)
    reader = staff.filter(email=email).first()
    if reader is None:
        return
    link = f"{settings.URL}{signing_in.path_of(signing_in.make_link(reader, LIFETIME))}"
    digits = codes.give(code, reader) if code else ""
    or_type = f"Or type this code where you asked for it: {digits[:4]} {digits[4:]}\n\n" if digits else ""
    text = (
        f"Somebody asked to sign in to the newsroom of {settings.URL} with this address.\n\n{link}\n\n{or_type}"
        "Either works once, for half an hour. Nobody else needs to know them, whoever asks.\n"
        "If it was not you, nothing needs to be done.\n"
    )
    EmailMessage("Your way into the newsroom", text, settings.DEFAULT_FROM_EMAIL, [reader.email]).send()

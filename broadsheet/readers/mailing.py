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

FIRST_PAUSE = timedelta(seconds=20)
"""Before a letter that was not taken is sent again; each further pause is as long as it has waited so far."""
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
    due = LinkRequest.objects.filter(due_at__lte=timezone.now()).select_related("code")
    for request in due.order_by("due_at")[:limit]:
        try:
            _send(settings.KEYRING.unseal(request.address), request.code)
        except (OSError, SMTPException) as error:
            logger.warning("The mail server does not take a letter: %s", error)
            if _put_off(request):
                return dealt  # a server that is down would keep us waiting for each
        request.delete()
        dealt += 1
    return dealt


def _put_off(request: LinkRequest) -> bool:
    """Try again later, and ever more rarely; no more once the link would be of no use."""
    now = timezone.now()
    waited = now - request.asked_at
    request.due_at = now + max(FIRST_PAUSE, waited)
    request.save(update_fields=["due_at"])
    return waited < LIFETIME


def _send(email: str, code: SignInCode | None) -> None:
    staff = Reader.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True)
    reader = staff.filter(email=email).first()
    if reader is None:
        return
    token = signing_in.make_link(reader, LIFETIME)
    link = f"{settings.URL}{signing_in.path_of(token)}"
    digits = codes.give(code, reader) if code else ""
    or_type = f"Or type this code where you asked for it: {digits[:4]} {digits[4:]}\n\n" if digits else ""
    text = (
        f"Somebody asked to sign in to the newsroom of {settings.URL} with this address.\n\n{link}\n\n{or_type}"
        "Either works once, for half an hour. Nobody else needs to know them, whoever asks.\n"
        "If it was not you, nothing needs to be done.\n"
    )
    letter = EmailMessage("Your way into the newsroom", text, settings.DEFAULT_FROM_EMAIL, [reader.email])
    try:
        letter.send()
    except BaseException:
        signing_in.forget_link(token)
        raise

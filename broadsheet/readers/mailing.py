"""Sign-in links and codes by mail, where a mail server is set up.

Asking only leaves a letter in the outbox, the same for every address, so that neither the answer nor its time says who
has an account. When its turn comes the worker looks whom it is for; link and digits are made then, and stand in the
letter and nowhere else.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from broadsheet.mail import carrying, writing
from broadsheet.mail.kinds import Content, Kind, NotNeeded, Pace, Waiting
from broadsheet.mail.models import Letter
from broadsheet.readers import codes, signing_in
from broadsheet.readers.models import Reader, SignInCode

LIFETIME = timedelta(minutes=30)
"""Of a link and a code that went by mail, and of the wish for them that could not be sent."""


NEWCOMERS = Pace(5, timedelta(days=1))
"""Letters to an address that is nobody's here: somebody else may have typed it, and whose it is is not locked out."""


def is_set_up() -> bool:
    return carrying.is_set_up()


def ask(email: str, *, public: bool = False) -> str:
    """What the browser that asks keeps, to type the code into it; `public` at the readers' door."""
    with transaction.atomic():
        code, token = codes.ask(LIFETIME)
        kind = READER_SIGN_IN if public else SIGN_IN
        writing.write(kind, to=email.strip().lower(), facts={"code": code.pk}, language=get_language() or "")
    return token


def _compose(letters: Sequence[Waiting]) -> Content:
    [letter] = letters
    staff = Reader.objects.filter(Q(is_staff=True) | Q(is_superuser=True), is_active=True)
    reader = staff.filter(email=letter.address).first()
    if reader is None:
        raise NotNeeded("Nobody of the staff has this address.")
    token = signing_in.make_link(reader, LIFETIME)
    code = SignInCode.objects.filter(pk=letter.facts["code"]).first()
    digits = codes.give(code, reader) if code else ""
    return Content(
        subject="Your way into the newsroom",
        text=_text(f"{settings.URL}{signing_in.path_of(token)}", digits),
        unsent=_forgetting(token),
    )


def _text(link: str, digits: str) -> str:
    or_type = f"Or type this code where you asked for it: {digits[:4]} {digits[4:]}\n\n" if digits else ""
    return (
        f"Somebody asked to sign in to the newsroom of {settings.URL} with this address.\n\n{link}\n\n{or_type}"
        "Either works once, for half an hour. Nobody else needs to know them, whoever asks.\n"
        "If it was not you, nothing needs to be done.\n"
    )


def _forgetting(token: str) -> Callable[[], None]:
    return lambda: signing_in.forget_link(token)


SIGN_IN = Kind(
    "sign-in",
    compose=_compose,
    asked=True,
    caps=(Pace(20, timedelta(hours=1)),),
    lifetime=LIFETIME,
    title="Sign-in link and code",
)


def _compose_for_reader(letters: Sequence[Waiting]) -> Content:
    """The same for those who have an account and those who have none: nobody but its owner learns which it is."""
    [letter] = letters
    code = SignInCode.objects.filter(pk=letter.facts["code"]).first()
    reader = Reader.objects.filter(email=letter.address).first()
    if code is None:
        raise NotNeeded("Its code is worth nothing any more.")
    if reader is not None and not reader.is_active:
        raise NotNeeded("The account with this address is closed.")
    if reader is None and not settings.OPTIONS["sign_up"]:
        raise NotNeeded("Nobody has this address, and no accounts are opened.")
    if reader is None and _has_enough(letter.address):
        raise NotNeeded("Nobody has this address, and it got enough of these today.")
    digits = codes.give(code, reader) if reader else codes.give_newcomer(code, letter.address)
    link = f"{settings.URL}/account/sign-in/{codes.add_link(code)}/"
    with override(letter.language or settings.LANGUAGE_CODE):
        text = gettext(
            "Somebody asked to sign in at %(site)s with this address.\n\n"
            "Type this code where you asked for it: %(code)s\n\n"
            "Or follow this link:\n%(link)s\n\n"
            "Either works once, for half an hour, and opens an account if you have none yet. Tell them to nobody, "
            "whoever asks.\nIf it was not you, nothing needs to be done.\n"
        ) % {"site": settings.URL, "code": f"{digits[:4]} {digits[4:]}", "link": link}
        subject = gettext("Your way in at %(host)s") % {"host": urlsplit(settings.URL).hostname}
    return Content(subject=subject, text=text)


def _has_enough(address: str) -> bool:
    since = timezone.now() - NEWCOMERS.per
    sent = Letter.objects.filter(
        kind=READER_SIGN_IN.name, address_digest=writing.digest_of(address), handed_at__gt=since
    )
    return sent.count() >= NEWCOMERS.number


READER_SIGN_IN = Kind(
    "reader-sign-in",
    compose=_compose_for_reader,
    asked=True,
    caps=(Pace(20, timedelta(hours=1)),),
    lifetime=LIFETIME,
    title="A reader’s sign-in link and code",
)

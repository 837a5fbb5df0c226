"""Sign-in links and codes by mail, where a mail server is set up.

Asking only leaves a letter in the outbox, the same for every address, so that neither the answer nor its time says who
has an account. When its turn comes the worker looks whom it is for; link and digits are made then, and stand in the
letter and nowhere else.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from broadsheet.mail import carrying, writing
from broadsheet.mail.kinds import Content, Kind, NotNeeded, Pace, Waiting
from broadsheet.readers import codes, signing_in
from broadsheet.readers.models import Reader, SignInCode

LIFETIME = timedelta(minutes=30)
"""Of a link and a code that went by mail, and of the wish for them that could not be sent."""


def is_set_up() -> bool:
    return carrying.is_set_up()


def ask(email: str) -> str:
    """What the browser that asks keeps, to type the code into it."""
    with transaction.atomic():
        code, token = codes.ask(LIFETIME)
        writing.write(SIGN_IN, to=email.strip().lower(), facts={"code": code.pk})
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

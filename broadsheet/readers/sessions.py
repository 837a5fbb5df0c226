"""Where somebody is signed in, and signing out there."""

import logging
import re
from collections.abc import Iterable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from broadsheet.kit import networks
from broadsheet.readers.adapters import NOWHERE
from broadsheet.readers.models import Reader

logger = logging.getLogger(__name__)

SEEN_EVERY = timedelta(minutes=10)

_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": gettext_noop("an iPhone"),
    "iPad": gettext_noop("an iPad"),
    "Windows": "Windows",
    "Macintosh": gettext_noop("a Mac"),
    "CrOS": gettext_noop("a Chromebook"),
    "Linux": "Linux",
}


def of(reader: Reader) -> list[UserSession]:
    """Their sessions that still stand, the one seen last first."""
    standing: Iterable[UserSession] = UserSession.objects.purge_and_list(reader)
    return sorted(standing, key=lambda session: session.last_seen_at, reverse=True)


def see(request: HttpRequest) -> None:
    """Note that this session was seen, every ten minutes at most."""
    try:
        known = UserSession.objects.filter(session_key=request.session.session_key)
        last = known.values_list("last_seen_at", flat=True).first()
        if last is None or last < timezone.now() - SEEN_EVERY:
            UserSession.objects.create_from_request(request)
    except DatabaseError:
        logger.exception("A session could not be noted as seen.")  # the page is made, and stays


def end(reader: Reader, pk: int) -> None:
    """Sign this reader out of one session; it is gone at once."""
    for session in UserSession.objects.filter(user=reader, pk=pk):
        session.end()


def end_all(reader: Reader) -> None:
    """Sign this reader out everywhere, of sessions that nobody noted too."""
    reader.signed_out_at = timezone.now()
    reader.save(update_fields=["signed_out_at"])
    for session in UserSession.objects.filter(user=reader):
        session.end()


def end_others(request: HttpRequest, reader: Reader) -> None:
    """Sign this reader out everywhere but here."""
    end_all(reader)
    stay(request, reader)


def stay(request: HttpRequest, reader: Reader) -> None:
    """Keep this session although what all sessions must know has changed; its key changes too."""
    update_session_auth_hash(request, reader)
    UserSession.objects.create_from_request(request)


def forget_ended() -> int:
    """Delete what is left of sessions that are over; the clock calls it."""
    SessionStore.clear_expired()
    ended = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return int(ended.delete()[0])


def device_of(session: UserSession) -> str:
    """The browser and the system, as the browser says of itself."""
    agent = session.user_agent
    browser = next((name for mark, name in _BROWSERS.items() if re.search(rf"\b{mark}\w*/", agent)), "")
    system = next((_(name) for mark, name in _SYSTEMS.items() if mark in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that does not say what it is")


def network_of(session: UserSession) -> str:
    if session.ip == NOWHERE:
        return _("an unknown network")
    return networks.wider_network_of(session.ip)

"""Hand one mail to a mail server or a provider, and tell what is known of it afterwards.

Between the end of a letter and the answer nobody knows whether it was taken. That moment is told to the
caller before it comes (`before_handing`), and a connection that breaks in it is `FateUnknown`, not a failure.
"""

import re
import smtplib
from collections.abc import Callable
from functools import partial
from ssl import SSLCertVerificationError
from typing import Any

import requests
from anymail.backends.base_requests import AnymailRequestsBackend
from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

from broadsheet.mail import outages, transports
from broadsheet.mail.transports import Transport

NO_SUCH_MAILBOX = re.compile(r"\b5\.1\.(1|2|3|6|10)\b")


class NotTaken(Exception):
    """Not now; perhaps later."""


class ServerDown(NotTaken):
    """This letter was not taken, nor would any other be now."""


class Refused(Exception):
    """Never."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.no_such_mailbox = bool(NO_SUCH_MAILBOX.search(reason))


class FateUnknown(Exception):
    """It was handed over, and no answer came."""


def is_set_up() -> bool:
    return bool(settings.OPTIONS["mail_url"])


class _Watched(smtplib.SMTP):
    """Tells when the text of a letter begins to leave."""

    before_body: Callable[[], None] = staticmethod(lambda: None)
    _in_data = False

    def data(self, msg: Any) -> Any:
        self._in_data = True
        try:
            return super().data(msg)
        finally:
            self._in_data = False

    def send(self, s: Any) -> None:
        # Commands are sent as text, the letter as bytes, once the server has said that it is ready.
        if self._in_data and isinstance(s, bytes):
            self.before_body()
        super().send(s)


class _WatchedTLS(_Watched, smtplib.SMTP_SSL):
    pass


class WatchedBackend(EmailBackend):
    """Django's SMTP, watched."""

    @property
    def connection_class(self) -> Any:
        return _WatchedTLS if self.use_ssl else _Watched


class _WatchedHTTP(HTTPAdapter):
    """Tells when a letter begins to leave to a provider."""

    def __init__(self, before_request: Callable[[], None]) -> None:
        super().__init__()
        self._before_request = before_request

    def send(self, *request: Any, **how: Any) -> requests.Response:
        self._before_request()
        return super().send(*request, **how)


def _watch(backend: BaseEmailBackend, handing: Callable[[], None]) -> None:
    """Have `handing` called at the moment from which only the other side knows."""
    if isinstance(backend, WatchedBackend):
        backend.connection.before_body = handing  # type: ignore[union-attr]
    elif isinstance(backend, AnymailRequestsBackend):
        for scheme in ("https://", "http://"):
            backend.session.mount(scheme, _WatchedHTTP(handing))
    else:
        handing()


class Connection:
    """One transport, for as many letters as are sent in a row."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self._backend: BaseEmailBackend | None = None

    def carry(self, mail: EmailMessage, before_handing: Callable[[], None]) -> str:
        """The name that a provider gives it, once it is taken; anything else is raised."""
        handed = False

        def handing() -> None:
            nonlocal handed
            before_handing()
            handed = True

        try:
            backend = self._opened()
            _watch(backend, handing)
            backend.send_messages([mail])
        except Exception as error:
            self.break_off()
            raise _meaning(error, handed) from error
        status = getattr(mail, "anymail_status", None)
        return status.message_id if status and isinstance(status.message_id, str) else ""

    def _opened(self) -> BaseEmailBackend:
        try:
            if self._backend is None:
                self._backend = self.transport.connection()
            self._backend.open()
        except (OSError, smtplib.SMTPException, ImproperlyConfigured) as error:
            raise ServerDown(_said(error)) from error
        return self._backend

    def close(self) -> None:
        try:
            if self._backend is not None:
                self._backend.close()
        except (OSError, smtplib.SMTPException):
            self.break_off()

    def break_off(self) -> None:
        """Without a farewell: in the middle of a letter that would be one more line of it."""
        if isinstance(self._backend, WatchedBackend) and self._backend.connection is not None:
            self._backend.connection.close()
            self._backend.connection = None
        self._backend = None


class Carrier:
    """All transports, for as many letters as are sent in a row: where one is down, the next is asked."""

    def __init__(self) -> None:
        self._down = set(outages.standing())
        self._connections = [Connection(each) for each in outages.in_order(transports.named())]

    def __enter__(self) -> "Carrier":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for connection in self._connections:
            connection.close() if kind is None else connection.break_off()

    def carry(self, mail: EmailMessage, before_handing: Callable[[str], None]) -> str:
        """As that of a connection, once one of them has taken it; `before_handing` is given whose.

        Only a letter that surely was not taken is given to the next.
        """
        down = ServerDown("No transport is named.")
        for connection in list(self._connections):
            try:
                taken_as = connection.carry(mail, partial(before_handing, connection.transport.name))
            except ServerDown as error:
                down = error
                self._note_down(connection, str(error))
            else:
                self._note_up(connection)
                return taken_as
        raise down

    def _note_down(self, connection: Connection, reason: str) -> None:
        outages.note(connection.transport, reason)
        self._down.add(connection.transport.name)
        self._connections.remove(connection)
        self._connections.append(connection)

    def _note_up(self, connection: Connection) -> None:
        if connection.transport.name in self._down:
            outages.end(connection.transport)
            self._down.remove(connection.transport.name)


def _meaning(error: Exception, handed: bool) -> Exception:
    """What an error says about the letter."""
    if isinstance(error, AnymailError):
        return _meaning_of_provider(error, handed)
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            code, words = next(iter(recipients.values()))
            said = f"{code} {_plain(words)}"
            return Refused(said) if 500 <= code < 600 else NotTaken(said)
        case smtplib.SMTPDataError(smtp_code=code) if 500 <= code < 600:
            return Refused(_said(error))
        case smtplib.SMTPAuthenticationError() | smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
            return ServerDown(_said(error))
        case smtplib.SMTPResponseException(smtp_code=code):
            return ServerDown(_said(error)) if code == 421 else NotTaken(_said(error))
        case OSError() | smtplib.SMTPServerDisconnected():
            return FateUnknown(_said(error)) if handed else ServerDown(_said(error))
    return error


MAY_BE_TAKEN = frozenset({502, 504})
"""Whoever stands before the provider had no answer from it."""
NOT_THIS_ONE = frozenset({400, 413, 422})


def _meaning_of_provider(error: AnymailError, handed: bool) -> Exception:
    """What a provider's answer over HTTP says, or that there was none. What is wrong with the account is a server that
    is down: nothing is lost, and the next is asked."""
    if isinstance(error, AnymailRecipientsRefused):
        return Refused(_plain(str(error)))
    if not isinstance(error, AnymailAPIError):
        return (FateUnknown if handed else NotTaken)(_plain(str(error)))
    if error.status_code is None:
        said = type(error.__cause__ or error).__name__
        never_left = not handed or _never_reached(error.__cause__)
        return ServerDown(said) if never_left else FateUnknown(said)
    said = f"{error.status_code} {_plain(getattr(error.response, 'text', ''))}"[:280]
    if error.status_code in MAY_BE_TAKEN or 200 <= error.status_code < 300:
        return FateUnknown(said)
    return NotTaken(said) if error.status_code in NOT_THIS_ONE else ServerDown(said)


def _never_reached(cause: BaseException | None) -> bool:
    """Whether there was no connection that a letter could have left by, or none to the right one."""
    if isinstance(cause, requests.ConnectTimeout):
        return True
    reason = getattr(cause.args[0], "reason", None) if cause is not None and cause.args else None
    why = getattr(reason, "args", ())
    return isinstance(reason, NewConnectionError) or any(
        isinstance(each, SSLCertVerificationError) for each in why
    )


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_plain(error.smtp_error)}"
    return _plain(str(error)) or type(error).__name__


def _plain(words: str | bytes) -> str:
    """What a stranger's server says, on one line, without what a terminal would obey."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:280]

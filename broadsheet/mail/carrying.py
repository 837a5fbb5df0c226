"""Hand one mail to the mail server, and tell what is known of it afterwards.

Between the end of a letter and the server's answer nobody knows whether it was taken. That moment is told to the
caller before it comes (`before_handing`), and a connection that breaks in it is `FateUnknown`, not a failure.
"""

import re
import smtplib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

NO_SUCH_MAILBOX = re.compile(r"\b5\.1\.(1|2|3|6|10)\b")


class NotTaken(Exception):
    """Not now; perhaps later."""


class ServerDown(NotTaken):
    """Nor would any other letter be taken now."""


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


class Carrier:
    """One connection, for as many letters as are sent in a row."""

    def __init__(self) -> None:
        self.backend = get_connection()

    def __enter__(self) -> "Carrier":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._close()
        else:
            self._break_off()

    def carry(self, mail: EmailMessage, before_handing: Callable[[], None]) -> None:
        """Return once the server has taken it; anything else is raised."""
        handed = False

        def handing() -> None:
            nonlocal handed
            before_handing()
            handed = True

        try:
            self._open()
            if isinstance(self.backend, WatchedBackend):
                self.backend.connection.before_body = handing  # type: ignore[union-attr]
            else:
                handing()
            self.backend.send_messages([mail])
        except Exception as error:
            self._break_off()
            raise _meaning(error, handed) from error

    def _open(self) -> None:
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerDown(_said(error)) from error

    def _close(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self._break_off()

    def _break_off(self) -> None:
        """Without a farewell: in the middle of a letter that would be one more line of it."""
        if isinstance(self.backend, WatchedBackend) and self.backend.connection is not None:
            self.backend.connection.close()
            self.backend.connection = None
        self.backend = get_connection()


def _meaning(error: Exception, handed: bool) -> Exception:
    """What an error of SMTP says about the letter."""
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


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_plain(error.smtp_error)}"
    return _plain(str(error)) or type(error).__name__


def _plain(words: str | bytes) -> str:
    """What a stranger's server says, on one line, without what a terminal would obey."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:280]

"""A mail server in the test's own process, which takes, refuses or breaks off as the test wants."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests import homes


class Post:
    """What came; `answers` says what is told to a recipient, `breaks` whose letters break off after DATA."""

    def __init__(self) -> None:
        self.came: list[EmailMessage] = []
        self.to: list[str] = []
        self.answers: dict[str, str] = {}
        self.breaks: set[str] = set()
        self.closes_with = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.came.append(mail)
        self.to += envelope.rcpt_tos
        if self.breaks & set(envelope.rcpt_tos):
            server.transport.abort()
        return self.closes_with or "250 OK"


def started(settings: Any, *others: str) -> tuple[Post, Controller]:
    """A server that takes letters, named in the options after these others; stop the second when done."""
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=homes.free_port(), ready_timeout=60)
    server.start()
    speak_smtp(settings, *others, f"smtp://127.0.0.1:{server.port}")
    return post, server


def speak_smtp(settings: Any, *servers: str) -> None:
    """Use these, where tests otherwise keep letters to themselves."""
    settings.EMAIL_BACKEND = "broadsheet.mail.carrying.WatchedBackend"
    settings.OPTIONS = settings.OPTIONS | {"mail_url": " ".join(servers)}

"""A mail as it leaves: from what a letter says to headers and parts."""

from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from broadsheet.mail.kinds import Content, Kind
from broadsheet.mail.models import Letter


class NobodyCouldLeave(Exception):
    """A mail of a mailing must say how to leave it."""


def make(kind: Kind, content: Content, letter: Letter, address: str) -> EmailMultiAlternatives:
    headers = {"Message-ID": f"<{letter.lease}@{_host()}>", "Auto-Submitted": "auto-generated"}
    if content.conversation:
        # No mail has this name. Programs put all that refer to it together, and in each mailbox it is another one.
        root = f"<{content.conversation}.{letter.address_digest[:12]}@{_host()}>"
        headers |= {"References": root, "In-Reply-To": root}
    if not kind.asked:
        headers |= _leaving(kind, content)
    mail = EmailMultiAlternatives(
        " ".join(content.subject.split()), content.text, _sender(content.sender), [address], headers=headers
    )
    if content.html:
        mail.attach_alternative(content.html, "text/html")
    return mail


def _leaving(kind: Kind, content: Content) -> dict[str, str]:
    if not content.leave:
        raise NobodyCouldLeave(kind.name)
    return {
        "List-Id": f"<{kind.mailing}.{_host()}>",
        "List-Unsubscribe": f"<{content.leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _sender(name: str) -> str:
    own_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((own_name or " ".join(name.split()), address), "utf-8")


def _host() -> str:
    return urlsplit(settings.URL).hostname or "localhost"

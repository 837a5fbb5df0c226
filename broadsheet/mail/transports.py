"""The ways letters leave, the one most liked first: what the option `mail_url` names, with spaces between.

`smtp://user:password@host:587` speaks STARTTLS, `smtps://user:password@host:465` TLS at once. Any other scheme is a
provider that django-anymail knows, with its settings as anymail names them: `postmark:?server_token=TOKEN`. Those are
asked at the addresses that anymail has for them, by the worker alone.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

PORTS = {"smtp": 587, "smtps": 465}
PATIENCE = 20
"""Seconds."""
NO_PROVIDERS = frozenset({"base", "base_requests", "console", "test"})
"""Modules of anymail beside those of providers."""
_FORMS = (
    "smtp://user:password@host:587, smtps://user:password@host:465, or a provider that django-anymail knows, such as "
    "postmark:?server_token=TOKEN"
)


@dataclass(frozen=True)
class Transport:
    name: str
    """What the delivery log calls it, without its secrets."""
    backend: str | None
    """None: the one of Django's settings, which speaks SMTP."""
    options: dict[str, Any]

    def connection(self) -> BaseEmailBackend:
        return get_connection(self.backend, **self.options)


def named() -> tuple[Transport, ...]:
    return parse(str(settings.OPTIONS["mail_url"]))


def parse(option: str) -> tuple[Transport, ...]:
    """Raises ValueError, without repeating what may be a secret."""
    found = tuple(_parse(number, url) for number, url in enumerate(option.split(), 1))
    if len({transport.name for transport in found}) < len(found):
        raise ValueError("Option mail_url names one mail server or provider twice.")
    return found


def cannot_be_set_up() -> dict[str, str]:
    """The names of those that lack a setting, and what they say of it."""
    wrong = {}
    for transport in named():
        try:
            transport.connection()
        except ImproperlyConfigured as error:
            wrong[transport.name] = str(error).splitlines()[0]
    return wrong


def _parse(number: int, url: str) -> Transport:
    parts = urlsplit(url)
    if parts.scheme in PORTS and parts.hostname:
        return _smtp(parts, parts.hostname)
    if _is_provider(parts.scheme):
        options = {"timeout": PATIENCE, **dict(parse_qsl(parts.query))}
        return Transport(parts.scheme, f"anymail.backends.{parts.scheme}.EmailBackend", options)
    raise ValueError(f"The address number {number} of option mail_url should read {_FORMS}.")


def _is_provider(scheme: str) -> bool:
    known = scheme.isidentifier() and scheme not in NO_PROVIDERS
    return known and find_spec(f"anymail.backends.{scheme}") is not None


def _smtp(parts: SplitResult, host: str) -> Transport:
    options = {
        "host": host,
        "port": parts.port or PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        # A server on the machine itself has no certificate that anybody could check.
        "use_tls": parts.scheme == "smtp" and host not in {"localhost", "127.0.0.1", "::1"},
        "use_ssl": parts.scheme == "smtps",
        "timeout": PATIENCE,
    }
    return Transport(f"{host}:{options['port']}", None, options)

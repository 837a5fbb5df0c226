"""The option `mail_url` as Django wants it.

`smtp://user:password@host:587` speaks STARTTLS, `smtps://user:password@host:465` TLS at once.
"""

from urllib.parse import unquote, urlsplit

from broadsheet.wiring.options import OptionError

PORTS = {"smtp": 587, "smtps": 465}


def parse(url: str) -> dict[str, str | int | bool]:
    """Django's settings for a mail server; nothing where none is set up."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise OptionError(
            "Option mail_url should read smtp://user:password@host:587 or smtps://user:password@host:465."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        # A server on the machine itself has no certificate that anybody could check.
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1", "::1"},
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }

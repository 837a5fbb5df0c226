"""The WSGI application: the stand in front of Django."""

import gc
import os
import re
import sys
import threading
from collections.abc import Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.wiring.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from broadsheet.press.stand import Application, Stand, StartResponse

# Whoever holds SQLite's turn must not wait 5 ms (Python's default) for the interpreter after every call that left it.
sys.setswitchinterval(0.001)

# PostgreSQL ends what a reader would not wait for; commands and the worker may take their time.
for database in settings.DATABASES.values():
    if database["ENGINE"] == "django.db.backends.postgresql":
        given = database["OPTIONS"].get("options", "")
        database["OPTIONS"]["options"] = f"-c statement_timeout=5s -c lock_timeout=2s {given}".strip()


_BOUNDARY = re.compile(r';\s*boundary\s*=\s*("[^"]*"|[^;\s]+)', re.IGNORECASE)


def _in_utf_8(content_type: str) -> str:
    """The type and its boundary. Another charset would be read by codecs that are no text's, such as `hex`."""
    boundary = _BOUNDARY.search(content_type)
    return content_type.partition(";")[0].strip() + (f"; boundary={boundary[1]}" if boundary else "")


class Entrance:
    """Says where a request came from.

    A forwarded address is believed on the Unix socket only, where nobody but a front can reach us.
    """

    def __init__(self, application: Application, *, behind_front: bool) -> None:
        self.application = application
        self.behind_front = behind_front

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        forwarded = environ.pop("HTTP_X_FORWARDED_FOR", "")
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "")
        if self.behind_front:
            # The front writes the header anew; should a list arrive, only what the front itself appended counts.
            environ["REMOTE_ADDR"] = forwarded.rpartition(",")[2].strip()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        environ["CONTENT_TYPE"] = _in_utf_8(environ.get("CONTENT_TYPE", ""))
        # PostgreSQL takes no NUL; no address has one, so this one is not there.
        environ["PATH_INFO"] = environ["PATH_INFO"].replace("\0", "\xef\xbf\xbd")
        return self.application(environ, start_response)


def largest_body(path: str) -> int:
    """Bytes that may be sent to a path."""
    from broadsheet.press import bodies  # which knows models, too

    return bodies.largest(path)


def turned_away() -> bytes:
    """The page for whoever finds no place in the application."""
    from broadsheet.press import busy  # which knows models, and those want Django set up

    return busy.page()


application = Entrance(
    Stand(
        get_wsgi_application(),
        busy=turned_away,
        largest=largest_body,
        prints=settings.PRINTS,
        media=settings.MEDIA_ROOT,
        threads=settings.OPTIONS["threads"],
    ),
    behind_front=bool(settings.OPTIONS["socket"]),
)


def _load_newsroom() -> None:
    """Its many modules load beside the first readers, not in the way of the first comment."""
    resolve("/newsroom/")
    gc.freeze()


# What is loaded stays: the garbage collector need not look through it again and again, for 0.1 s while everybody waits.
gc.freeze()
threading.Thread(target=_load_newsroom, daemon=True).start()

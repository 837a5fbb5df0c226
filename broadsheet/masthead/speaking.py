"""Who is spoken to in which language: readers in the publication's, the same for everybody; the newsroom in English.

No `Accept-Language` is read: a print is the same bytes for all. The publication's language is chosen in its settings,
or else by an option, which is what Django speaks where nothing else was said (`LANGUAGE_CODE`).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from broadsheet.kit import catalogs, locales

_WRITTEN: ContextVar[str] = ContextVar("publication_language", default="")
"""What is being made is written in it; empty where nobody has asked yet."""
_CHOSEN = "SELECT language FROM masthead_publication ORDER BY id LIMIT 1"
_heard: dict[str, str] = {}
"""Under `tag`, the language that this process read last."""
NEWSROOM = "/newsroom/"
NEWSROOM_LANGUAGE = "en"
"""Whoever chooses another one in their account has Wagtail's own words in that one."""


@contextmanager
def publicly(tag: str = "") -> Iterator[None]:
    """Within it, words are those of the publication, whatever the thread spoke before; or as if it were in `tag`.

    The publisher's choice is read once: a page is in one language from its first word to its last.
    """
    tag = tag or _chosen()
    said = _WRITTEN.set(tag)
    try:
        with translation.override(_words_of(tag)):
            yield
    finally:
        _WRITTEN.reset(said)


class Languages:
    """Middleware: the newsroom's language beneath `/newsroom/`, the publication's everywhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with publicly():
            if not request.path.startswith(NEWSROOM):
                return self.get_response(request)
            with translation.override(NEWSROOM_LANGUAGE):
                return self.get_response(request)


def publication_language() -> str:
    """What the publication is written in, as its publisher wrote it: `pt-BR`."""
    return _WRITTEN.get() or _chosen()


def language_of_the_options() -> str:
    """What it is written in as long as its settings in the newsroom name nothing else."""
    return str(settings.OPTIONS["language"])


def last_read() -> str:
    """What the publication is written in, as far as this process has heard: for whoever may open no database."""
    return _heard.get("tag") or language_of_the_options()


def language() -> str:
    """The language spoken at this moment, as Django names it: `pt-br`."""
    return translation.get_language() or NEWSROOM_LANGUAGE


def number(value: int) -> str:
    """`12,345` in the language spoken."""
    return locales.number(value, language())


def listed(words: Sequence[str]) -> str:
    """`one, two and three` in the language spoken."""
    return locales.listed(words, language())


def day(on: date) -> str:
    """`12 May 2026` in the language spoken."""
    return locales.day(on, language())


def moment(at: datetime) -> str:
    """`12 May 2026, 09:40` in the language spoken; `at` is in the zone that is meant."""
    return locales.moment(at, language())


def _chosen() -> str:
    """Without the database, what was read last: what says that the database is away has a language too.

    A plain statement, since every answer asks: Django's own way takes a tenth of a post's whole time.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(_CHOSEN)
            chosen = cursor.fetchone()
    except DatabaseError:
        return last_read()
    _heard["tag"] = (chosen and chosen[0]) or language_of_the_options()
    return _heard["tag"]


def _words_of(tag: str) -> str:
    if tag == language_of_the_options():
        return settings.LANGUAGE_CODE
    return catalogs.spoken(tag, settings.LOCALE_PATHS)

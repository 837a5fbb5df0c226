"""Who is spoken to in which language: readers in the publication's, the same for everybody; the newsroom in English.

No `Accept-Language` is read: a print is the same bytes for all. Where nothing else was said, Django speaks the
publication's language (`LANGUAGE_CODE`), in every process and thread; so only the newsroom has to be told apart.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from broadsheet.kit import locales

NEWSROOM = "/newsroom/"
NEWSROOM_LANGUAGE = "en"
"""Whoever chooses another one in their account has Wagtail's own words in that one."""


def publicly() -> AbstractContextManager[object]:
    """Within it, words are those of the publication, whatever the thread spoke before."""
    return translation.override(settings.LANGUAGE_CODE)


class Languages:
    """Middleware: the newsroom's language beneath `/newsroom/`, the publication's everywhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = NEWSROOM_LANGUAGE if request.path.startswith(NEWSROOM) else settings.LANGUAGE_CODE
        with translation.override(language):
            return self.get_response(request)


def publication_language() -> str:
    """What the publication is written in, as its publisher wrote it: `pt-BR`."""
    return str(settings.OPTIONS["language"])


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

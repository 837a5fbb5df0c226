"""Dates, numbers and lists in words, by CLDR (Unicode's Common Locale Data Repository), from Babel.

A language is named by its BCP 47 tag, such as `de` or `pt-BR`. A page of ten thousand comments asks for as many
moments, so what can repeat is kept: a day costs its words once.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal

TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
"""What a language's tag looks like (RFC 5646, without extensions)."""

_PLAIN_ENGLISH = "en-GB"
"""`en` alone writes the day first and counts hours to 24, as most of the world does; `en-US` is written `en-US`."""
_FOUR_DIGITS_TOGETHER = frozenset({"es", "pl", "pt_PT"})
"""CLDR's minimumGroupingDigits is 2 here (1234, but 12.345), which Babel does not know."""
_SAMPLES = (*range(201), 1_000_000)
"""Among these numbers is one of every plural category of every language."""


@lru_cache(maxsize=256)
def locale_of(tag: str) -> Locale:
    """What CLDR knows of a language, or of the nearest one that it knows; English in the end."""
    parts = (_PLAIN_ENGLISH if tag.lower() == "en" else tag).split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return locale_of("en")


def direction(tag: str) -> str:
    """`rtl` or `ltr`: where a line of this language begins."""
    return str(locale_of(tag).text_direction)


@lru_cache(maxsize=4096)
def day(on: date, tag: str) -> str:
    """`12 May 2026`."""
    return format_date(on, "long", locale_of(tag))


def moment(at: datetime, tag: str) -> str:
    """`12 May 2026, 09:40`; `at` is in the zone that is meant."""
    return _glue(tag).format(_clock(at.hour, at.minute, tag), day(at.date(), tag))


@lru_cache(maxsize=1024)
def month(on: date, tag: str) -> str:
    """`May`, beginning a line of its own."""
    return _capital(format_date(on, "LLLL", locale_of(tag)))


@lru_cache(maxsize=1024)
def month_and_year(on: date, tag: str) -> str:
    """`May 2026`, beginning a line of its own."""
    return _capital(format_skeleton("yMMMM", datetime(on.year, on.month, 1), locale=locale_of(tag)))  # noqa: DTZ001


@lru_cache(maxsize=4096)
def number(value: int, tag: str) -> str:
    """`12,345`, in the digits that the whole page uses."""
    locale = locale_of(tag)
    together = abs(value) < 10_000 and {str(locale), locale.language} & _FOUR_DIGITS_TOGETHER
    return format_decimal(value, locale=locale, group_separator=not together)


def listed(words: Sequence[str], tag: str) -> str:
    """`one, two and three`."""
    return format_list(list(words), locale=locale_of(tag))


@lru_cache(maxsize=64)
def plural_samples(tag: str) -> dict[str, int]:
    """CLDR's plural categories of a language, each with a number of its kind (see `Intl.PluralRules`)."""
    category_of = locale_of(tag).plural_form
    return {category_of(sample): sample for sample in reversed(_SAMPLES)}


@lru_cache(maxsize=1)
def english_names() -> dict[str, str]:
    """The languages that CLDR writes, and the variants it has names for, by tag and in the order of their names."""
    written = set(locale_identifiers())
    names = {
        tag.replace("_", "-"): name
        for tag, name in Locale.parse("en").languages.items()
        if tag in written and tag != "root"
    }
    return dict(sorted(names.items(), key=lambda item: item[1]))


@lru_cache(maxsize=256)
def own_name(tag: str) -> str:
    """`Español`: a language in its own words, beginning a line; its tag where CLDR does not know it."""
    try:
        return _capital(Locale.parse(tag, sep="-").get_display_name() or tag)
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, tag: str) -> str:
    return format_time(datetime(2000, 1, 1, hour, minute).time(), "short", locale=locale_of(tag))  # noqa: DTZ001


@lru_cache(maxsize=64)
def _glue(tag: str) -> str:
    return str(locale_of(tag).datetime_formats["medium"])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

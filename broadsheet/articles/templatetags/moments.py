"""Moments in words, in the publication's zone and language, with the exact moment beside them for machines."""

from datetime import UTC, date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime

from broadsheet.kit import locales
from broadsheet.masthead import speaking

register = template.Library()


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """`12 May 2026, 09:40`."""
    return _time(value, speaking.moment(localtime(value)))


@register.simple_tag
def day(value: datetime | date) -> SafeString:
    """`12 May 2026`."""
    return _time(value, speaking.day(localdate(value) if isinstance(value, datetime) else value))


@register.filter
def month(value: date) -> str:
    """`May`."""
    return locales.month(value, speaking.language())


@register.filter
def month_and_year(value: date) -> str:
    """`May 2026`."""
    return locales.month_and_year(value, speaking.language())


def _time(value: datetime | date, words: str) -> SafeString:
    exact = (
        value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if isinstance(value, datetime)
        else value.isoformat()
    )
    return format_html('<time datetime="{}">{}</time>', exact, words)

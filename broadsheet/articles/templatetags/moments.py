"""Moments in words, in the publication's zone, with the exact moment beside them for machines."""

from datetime import UTC, date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, localtime

register = template.Library()


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """`12 May 2026, 09:40`."""
    return _time(value, date_format(localtime(value), "j F Y, H:i"))


@register.simple_tag
def day(value: datetime | date) -> SafeString:
    """`12 May 2026`."""
    words = date_format(localdate(value) if isinstance(value, datetime) else value, "j F Y")
    return _time(value, words)


def _time(value: datetime | date, words: str) -> SafeString:
    exact = (
        value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if isinstance(value, datetime)
        else value.isoformat()
    )
    return format_html('<time datetime="{}">{}</time>', exact, words)

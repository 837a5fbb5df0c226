"""Data for machines, written into a page so that nothing in it can end the element it stands in."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from broadsheet.kit.text import clean

register = template.Library()

_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def ld_json(data: Any) -> SafeString:
    """JSON for `<script type="application/ld+json">`, which no browser runs."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(clean(text).translate(_IN_SCRIPT))  # noqa: S308

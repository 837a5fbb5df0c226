"""The people of a byline as one list of links, joined as the publication's language joins a list."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from broadsheet.masthead import speaking
from broadsheet.masthead.models import Person

register = template.Library()


@register.simple_tag
def linked(people: Iterable[Person]) -> SafeString:
    """`<a>Ines Aldana</a>, <a>Tomas Brink</a> and <a>Mara Voss</a>`."""
    links = [format_html('<a rel="author" href="{}">{}</a>', person.path, person.name) for person in people]
    return mark_safe(speaking.listed(links))  # noqa: S308 - each is escaped, and CLDR joins by plain words

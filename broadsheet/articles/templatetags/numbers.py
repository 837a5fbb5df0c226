"""Numbers as the publication's language writes them."""

from django import template

from broadsheet.masthead import speaking

register = template.Library()


@register.filter
def number(value: int) -> str:
    """`12,345`."""
    return speaking.number(value)

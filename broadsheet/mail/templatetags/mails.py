"""Whether anything can be told by mail."""

from django import template

from broadsheet.mail import carrying

register = template.Library()


@register.simple_tag
def mails() -> bool:
    """Whether there is a mail server, so that somebody can be told of something."""
    return carrying.is_set_up()

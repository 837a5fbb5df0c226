"""What the script of passkeys says, in the language of the page."""

import json

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def words_of_passkeys() -> str:
    words = {
        "often": _("That was tried too often. Please wait a few minutes."),
        "again": _("Please load this page again, and try once more."),
        "stopped": _("That was stopped, or took too long. Nothing has changed; try again."),
        "known": _("This device has a passkey for you here already."),
    }
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))

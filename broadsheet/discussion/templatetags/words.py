"""Words that a script puts into the page: it finds them in the print, in the publication's language."""

import json

from django import template
from django.utils.translation import ngettext

from broadsheet.kit import locales
from broadsheet.masthead import speaking

register = template.Library()


@register.simple_tag
def new_comments() -> str:
    """For `live.js`: “%(n)s new comments” for each plural category, as the browser's `Intl.PluralRules` names them."""
    samples = locales.plural_samples(speaking.language())
    return json.dumps(
        {
            category: ngettext("%(n)s new comment", "%(n)s new comments", sample)
            for category, sample in samples.items()
        },
        ensure_ascii=False,
    )

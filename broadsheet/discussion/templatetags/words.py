"""Words that a script puts into the page: it finds them in the print, in the publication's language."""

import json
from collections.abc import Callable

from django import template
from django.utils.translation import gettext, ngettext

from broadsheet.kit import locales
from broadsheet.masthead import speaking

register = template.Library()


@register.simple_tag
def new_comments() -> str:
    """For `live.js`: “12 new comments”."""
    return _forms(lambda n: ngettext("%(n)s new comment", "%(n)s new comments", n))


@register.simple_tag
def news() -> str:
    """For `since.js`: “12 new”."""
    return _forms(lambda n: ngettext("%(n)s new", "%(n)s new", n))


@register.simple_tag
def changes() -> str:
    """For `since.js`: “2 changed”."""
    return _forms(lambda n: ngettext("%(n)s changed", "%(n)s changed", n))


@register.simple_tag
def since() -> str:
    """The rest that `since.js` says."""
    return _json(
        {
            "new": gettext("new"),
            "changed": gettext("changed"),
            "since": gettext("%(what)s since %(when)s"),
            "before": gettext("Previous new comment"),
            "after": gettext("Next new comment"),
            "keys": gettext("Keys n and p"),
            "read": gettext("Mark all as read"),
            "elsewhere": gettext("On other pages:"),
            "page": gettext("page %(page)s (%(n)s)"),
            "further": gettext("More has changed on other pages than is listed here."),
        }
    )


@register.simple_tag
def tools() -> str:
    """For `tools.js`: the toolbar above what is being written, and its buttons."""
    return _json(
        {
            "label": gettext("Format what you write"),
            "strong": gettext("Strong"),
            "emphasis": gettext("Emphasis"),
            "quote": gettext("Quotation"),
            "link": gettext("Link"),
            "spoiler": gettext("Spoiler"),
        }
    )


@register.simple_tag
def ignored() -> str:
    """For `people.js`."""
    return _json(
        {
            "button": gettext("Ignore"),
            "whom": gettext("Ignore %(name)s"),
            "folded": gettext("A comment by %(name)s, whom you ignore"),
            "list": gettext("People you ignore"),
            "stop": gettext("Stop ignoring %(name)s"),
        }
    )


@register.simple_tag
def highlighted() -> str:
    """For `people.js` too."""
    return _json(
        {
            "button": gettext("Highlight"),
            "whom": gettext("Highlight %(name)s"),
            "mark": gettext("highlighted"),
            "next": gettext("Next comment by people you highlight"),
            "list": gettext("People you highlight"),
            "stop": gettext("Stop highlighting %(name)s"),
        }
    )


def _forms(said: Callable[[int], str]) -> str:
    """A counted phrase for each plural category, as the browser's `Intl.PluralRules` names them."""
    samples = locales.plural_samples(speaking.language())
    return _json({category: said(sample) for category, sample in samples.items()})


def _json(words: dict[str, str]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))

"""A spoiler is neither seen nor read out before its reader asks for it.

On a page that takes a box to tick, which needs no script and stands within a sentence. Readers of feeds may know none,
so they get a link. On paper, where nobody could ask, and in the read API the words stand as they are.
"""

import re
from collections.abc import Callable

from django.utils.html import format_html
from django.utils.translation import gettext as _

from broadsheet.kit.sanitising import SPOILER

_SPOILER = re.compile(f"{re.escape(SPOILER)}(.*?)</span>", re.DOTALL)  # none lies in another


def covered(html: str) -> str:
    """Sanitised HTML of a comment for a page: each spoiler behind a box that opens it."""
    return _replaced(html, _behind_a_box)


def linked(html: str, address: str) -> str:
    """Sanitised HTML of a comment for a feed: a link to where each spoiler can be opened."""
    return _replaced(html, lambda _words: format_html('<a href="{}">{}</a>', address, _("Show the spoiler")))


def _behind_a_box(words: str) -> str:
    box = format_html('<input type="checkbox" autocomplete="off" aria-label="{}">', _("Show the spoiler"))
    return f'<label class="spoiler">{box}<span>{words}</span></label>'


def _replaced(html: str, made: Callable[[str], str]) -> str:
    return _SPOILER.sub(lambda found: made(found[1]), html) if SPOILER in html else html

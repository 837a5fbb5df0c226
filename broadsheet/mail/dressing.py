"""The page of a letter: a template whose styles stand in its tags when it leaves, since mail programs drop sheets.

A template extends `mail/frame.html`. Its pictures, if any, are the publication's own. Text goes into it as text: what
somebody wrote is never made a link here, and where a mail program makes one, the whole address stands in sight.
"""

from typing import Any

import css_inline
from django.template.loader import render_to_string


def render(template: str, context: dict[str, Any]) -> str:
    return css_inline.inline(render_to_string(template, context), load_remote_stylesheets=False)

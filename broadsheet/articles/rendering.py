"""From a page to its bytes, as nobody in particular: no request exists here, so nothing of one can be printed."""

from django.template.loader import render_to_string

from broadsheet.articles.site import site_context
from broadsheet.kit.pages import Page


def render(page: Page) -> bytes:
    """The bytes of a page."""
    if not page.template:
        return page.content
    return render_to_string(page.template, {**site_context(), **page.context}).encode()

"""From a page to its bytes, as nobody in particular: no request exists here, so nothing of one can be printed."""

import logging
from pathlib import Path

from django.conf import settings
from django.template import Engine
from django.template.loader import render_to_string

from broadsheet.articles.site import site_context
from broadsheet.kit.pages import Page

logger = logging.getLogger(__name__)


def render(page: Page) -> bytes:
    """The bytes of a page; where a theme breaks it, of our own templates alone."""
    if not page.template:
        return page.content
    context = {**site_context(), **page.context}
    try:
        return render_to_string(page.template, context).encode()
    except Exception:
        if not _is_themed():
            raise
        logger.exception("%s fails with the theme. Our own templates make it instead.", page.template)
        return render_to_string(page.template, context, using=settings.OWN_TEMPLATES).encode()


def _is_themed() -> bool:
    return any(Path(folder).is_dir() for folder in Engine.get_default().dirs)

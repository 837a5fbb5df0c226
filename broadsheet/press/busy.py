"""The page for whoever the stand turns away, since all places in the application are taken. No database is asked."""

from functools import lru_cache

from django.template.loader import render_to_string

from broadsheet.masthead import speaking
from broadsheet.press import unaided


def page() -> bytes:
    return _made(speaking.last_read(), unaided.name())


@lru_cache(maxsize=4)
def _made(language: str, name: str) -> bytes:
    """Made once: whoever is turned away must cost next to nothing."""
    with speaking.publicly(language):
        return render_to_string("busy.html", {"publication_name": name}).encode()

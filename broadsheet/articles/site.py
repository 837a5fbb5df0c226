"""What every public page shows of the publication: its name, its sections, its standing pages."""

from typing import Any

from django.conf import settings

from broadsheet.articles.models import Section, StandingPage
from broadsheet.masthead.models import Publication


def site_context() -> dict[str, Any]:
    """The context of `base.html`, the same for everybody."""
    return {
        "publication": Publication.current(),
        "sections": Section.objects.filter(parent=None, articles__live=True).distinct().order_by("order", "name"),
        "standing_pages": StandingPage.objects.filter(live=True, menu_order__gt=0).order_by("menu_order", "title"),
        "site_url": settings.URL,
        "language": settings.LANGUAGE_CODE,
    }

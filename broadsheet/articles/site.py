"""What every public page shows of the publication: its name, its sections, its standing pages."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.encoding import iri_to_uri

from broadsheet.articles.models import Article, Section, StandingPage
from broadsheet.kit import locales
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication

_IN_THE_MENU = 10


def site_context() -> dict[str, Any]:
    """The context of `base.html`, the same for everybody."""
    publication = Publication.current()
    return {
        "publication": publication,
        "accented": bool(publication.look_css),
        "menu": menu_of(publication),
        "sections": menu_sections(),
        "standing_pages": StandingPage.objects.filter(live=True, menu_order__gt=0).order_by(
            "menu_order", "title"
        ),
        "site_url": settings.URL,
        "language": speaking.publication_language(),
        "direction": locales.direction(speaking.publication_language()),
    }


def menu_of(publication: Publication) -> list[tuple[str, str]]:
    """(name, address) of its own menu, without what leads to a standing page that nobody can read now."""
    links = publication.menu_links
    if not links:
        return []
    places = [address for _, address in links]
    closed = set(StandingPage.objects.filter(path__in=places, live=False).values_list("path", flat=True))
    return [(name, address) for name, address in links if address not in closed]


def menu_sections() -> list[Section]:
    """The first sections of the menu: those at the top that have something to read in them or beneath."""
    return [section for section in lively_sections() if section.parent_id is None][:_IN_THE_MENU]


def lively_sections() -> list[Section]:
    """Sections with live articles in them or beneath, in the order of the menu: numbered ones first, then by name."""
    live = Article.objects.filter(live=True, section=OuterRef("pk"))
    sections = {section.pk: section for section in Section.objects.annotate(lively=Exists(live))}
    lively = set()
    for section in sections.values():
        above = section if section.lively else None
        while above and above.pk not in lively:
            lively.add(above.pk)
            above = sections.get(above.parent_id) if above.parent_id else None
    found = [section for section in sections.values() if section.pk in lively]
    return sorted(found, key=lambda section: (section.order == 0, section.order, section.name.casefold()))


def absolute(path: str) -> str:
    """The whole address of a path on this site, as machines want it."""
    return settings.URL + iri_to_uri(path)

"""The front page: a lead, a river of what is new, and the newest of every section beneath."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from broadsheet.articles import listing, site
from broadsheet.articles.listing import Story
from broadsheet.articles.models import Article, Section
from broadsheet.articles.pages import schema, sharing
from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Publication

_LEAD_FROM = 3
"""The lead is the first of this many that has a picture, or else the newest."""
_RIVER = 9
_BESIDE_EACH_OTHER = 4


@dataclass(frozen=True)
class Band:
    """A section on the front page with its newest stories."""

    section: Section
    stories: list[Story]


def home() -> Page:
    """The front page."""
    newest = listing.stories(listing.newest()[: _RIVER + 1])
    lead = next((story for story in newest[:_LEAD_FROM] if story.figure), newest[0] if newest else None)
    publication = Publication.current()
    context = {
        "card": sharing.card_of(publication.name, publication.description or publication.motto, "/"),
        "structured_data": schema.of_publication(),
        "lead": lead,
        "river": [story for story in newest if story is not lead],
        "bands": _bands([story.article.pk for story in newest]),
    }
    return Page("articles/front.html", context)


def preview_of(publication: Publication) -> dict[str, Any]:
    """The context of the front page with settings that are not saved yet."""
    unsaved = {"publication": publication, "accented": False, "preview_style": publication.look_css}
    return {**site.site_context(), **home().context, **unsaved, "preview": True}


def _bands(shown: list[int]) -> list[Band]:
    """What each section of the menu has beside the articles that are `shown` above, in a fixed number of queries."""
    sections = site.menu_sections()
    chosen = _newest_in_each([section.pk for section in sections], shown)
    found = listing.stories(listing.newest().filter(pk__in=chosen))
    bands = [Band(section, [s for s in found if s.article.section_id == section.pk]) for section in sections]
    return [band for band in bands if band.stories]


def _newest_in_each(sections: list[int], shown: list[int]) -> list[int]:
    """One index look-up for each place, whatever the number of articles."""
    inside = Article.objects.filter(live=True, section=OuterRef("pk")).exclude(pk__in=shown)
    places = [
        Subquery(inside.order_by("-published_at", "-pk").values("pk")[n : n + 1])
        for n in range(_BESIDE_EACH_OTHER)
    ]
    rows = Section.objects.filter(pk__in=sections).values_list(*places)
    return [pk for row in rows for pk in row if pk is not None]

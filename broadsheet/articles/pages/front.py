"""The front page: what its editors arranged; as it comes a lead, what is new, and the newest of every section."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.safestring import SafeString

from broadsheet.articles import arranging, listing, rendering, site
from broadsheet.articles.body import text_html
from broadsheet.articles.listing import Story
from broadsheet.articles.models import Arrangement, Article, Section
from broadsheet.articles.pages import schema, sharing
from broadsheet.articles.pages.article import article_context
from broadsheet.kit.pages import Page
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication

_LEAD_FROM = 3
"""The lead is the first of this many that has a picture, or else the newest."""


@dataclass(frozen=True)
class Band:
    """A section on the front page with its newest stories."""

    section: Section
    stories: list[Story]


@dataclass(frozen=True)
class Box:
    heading: str
    html: SafeString
    link_name: str
    link: str


@dataclass(frozen=True)
class Part:
    """One part of the front page: the one of these that is filled."""

    lead: Story | None = None
    river: list[Story] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    box: Box | None = None


def front_page() -> Page:
    """The front page."""
    return _arranged(Arrangement.current(), Publication.current())


def _arranged(arrangement: Arrangement, publication: Publication) -> Page:
    context = {
        "card": sharing.card_of(publication.name, publication.description or publication.motto, "/"),
        "structured_data": schema.of_publication(),
        **_Setting(arrangement).context(),
    }
    return Page("articles/front.html", context)


def preview_of(publication: Publication, mode: str) -> Page:
    """The front page, or the newest article where there is one, with settings that are not saved yet."""
    with speaking.publicly(publication.language or speaking.language_of_the_options()):
        return Page(content=rendering.render(_preview_of(publication, mode)))


def _preview_of(publication: Publication, mode: str) -> Page:
    newest = Article.objects.filter(pk__in=listing.newest()[:1]).first() if mode == "article" else None
    page = (
        Page("articles/article.html", article_context(newest))
        if newest
        else _arranged(Arrangement.current(), publication)
    )
    unsaved = {
        "publication": publication,
        "menu": site.menu_of(publication),
        "accented": False,
        "preview_style": publication.look_css,
    }
    return Page(page.template, {**page.context, **unsaved, "preview": True})


def preview_of_arrangement(arrangement: Arrangement) -> dict[str, Any]:
    """The context of the front page with an arrangement that is not saved yet."""
    return {**site.site_context(), **_arranged(arrangement, Publication.current()).context, "preview": True}


class _Setting:
    """One front page while it is set. It reads the stored form: a part asks for nothing by itself."""

    def __init__(self, arrangement: Arrangement) -> None:
        self.blocks = [(part["type"], part["value"]) for part in arrangement.parts.get_prep_value()]

    def context(self) -> dict[str, Any]:
        room = self._first("river").get("number", 0)
        newest = listing.stories(listing.newest()[: max(room + 1, _LEAD_FROM)])
        lead = self._lead(newest)
        river = [story for story in newest if not lead or story.article.pk != lead.article.pk][:room]
        shown = [story.article.pk for story in [*river, *([lead] if lead else [])]]
        strips = iter(self._strips(shown))
        parts = {
            "lead": lambda value: Part(lead=lead),
            "river": lambda value: Part(river=river),
            "strip": lambda value: Part(bands=next(strips)),
            "box": lambda value: Part(box=_box(value)),
        }
        return {"parts": [parts[kind](value) for kind, value in self.blocks], "begun": bool(newest)}

    def _first(self, kind: str) -> dict[str, Any]:
        return next((value for name, value in self.blocks if name == kind), {})

    def _lead(self, newest: list[Story]) -> Story | None:
        """The chosen one while it is live and its time lasts."""
        if not any(kind == "lead" for kind, _ in self.blocks):
            return None
        chosen = self._first("lead")
        if (pk := chosen.get("article")) and not arranging.over(chosen):
            known = [story for story in newest if story.article.pk == pk]
            if found := known or listing.stories(listing.newest().filter(pk=pk)):
                return found[0]
        return next((story for story in newest[:_LEAD_FROM] if story.figure), newest[0] if newest else None)

    def _strips(self, shown: list[int]) -> list[list[Band]]:
        """What each strip's sections have beside the articles that are `shown`; a section stands in the first."""
        asked = [value for kind, value in self.blocks if kind == "strip"]
        placed: set[int] = set()
        strips = []
        for value in asked:
            sections = [section for section in _sections(value) if section.pk not in placed]
            placed |= {section.pk for section in sections}
            strips.append((sections, value.get("number") or 1))
        longest = max((number for _, number in strips), default=0)
        stories = listing.stories(
            listing.newest().filter(pk__in=_newest_in_each(sorted(placed), shown, longest))
        )
        return [_bands(sections, stories, number) for sections, number in strips]


def _sections(value: dict[str, Any]) -> list[Section]:
    """Those of a strip, in the order of the menu."""
    chosen = set(value.get("sections") or [])
    return [s for s in site.lively_sections() if str(s.pk) in chosen] if chosen else site.menu_sections()


def _bands(sections: list[Section], stories: list[Story], number: int) -> list[Band]:
    bands = [
        Band(section, [s for s in stories if s.article.section_id == section.pk][:number])
        for section in sections
    ]
    return [band for band in bands if band.stories]


def _box(value: dict[str, Any]) -> Box:
    words = {name: value.get(name) or "" for name in ("heading", "link_name", "link")}
    return Box(html=text_html(value.get("text") or ""), **words)


def _newest_in_each(sections: list[int], shown: list[int], number: int) -> list[int]:
    """One index look-up for each place, whatever the number of articles."""
    if not sections:
        return []
    inside = Article.objects.filter(live=True, section=OuterRef("pk")).exclude(pk__in=shown)
    places = [
        Subquery(inside.order_by("-published_at", "-pk").values("pk")[n : n + 1]) for n in range(number)
    ]
    rows = Section.objects.filter(pk__in=sections).values_list(*places)
    return [pk for row in rows for pk in row if pk is not None]

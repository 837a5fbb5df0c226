"""The lists that articles stand in: a section, a tag, a byline."""

from typing import Any, TypeVar

from broadsheet.articles import listing
from broadsheet.articles.listing import NumberedPage
from broadsheet.articles.models import Section, Tag
from broadsheet.articles.pages import schema, sharing
from broadsheet.articles.pages.people import portraits
from broadsheet.kit.pages import NotThere, Page
from broadsheet.masthead.models import Person

Named = TypeVar("Named", Section, Tag, Person)


def section(slug: str, number: int | str = 1) -> Page:
    """A section with everything in it and in the sections beneath it."""
    here = find_section(slug)
    articles = listing.newest().filter(section__in=with_those_beneath(here))
    page = listing.page_of(articles, int(number), here.path)
    return Page(
        "articles/list.html",
        {
            "page": page,
            "title": here.name,
            "description": here.description,
            "here": here.path,
            "feed": True,
            "section": here,
            **_seen(page, here.name, here.description),
        },
    )


def tag(slug: str, number: int | str = 1) -> Page:
    """Everything that carries a tag."""
    here = _the_one(Tag, slug)
    page = listing.page_of(listing.newest().filter(tagged__tag=here), int(number), here.path)
    return Page(
        "articles/list.html",
        {"page": page, "title": here.name, "here": here.path, **_seen(page, here.name)},
    )


def byline(slug: str, number: int | str = 1) -> Page:
    """Everything that somebody wrote, beneath who that is."""
    here = find_person(slug)
    page = listing.page_of(listing.newest().filter(bylines__person=here), int(number), here.path)
    return Page(
        "articles/byline.html",
        {
            "page": page,
            "title": here.name,
            "here": here.path,
            "feed": True,
            "person": here,
            "portrait": portraits([here]).get(here.pk),
            **_seen(page, here.name, here.role),
        },
    )


def find_section(slug: str) -> Section:
    """The section of this name in addresses."""
    return _the_one(Section, slug)


def find_person(slug: str) -> Person:
    """Whoever writes under this name in addresses."""
    return _the_one(Person, slug)


def with_those_beneath(section: Section) -> list[int]:
    """The numbers of a section and of all that stand beneath it, at any depth."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Section.objects.values_list("pk", "parent"):
        children.setdefault(parent, []).append(pk)
    found = [section.pk]
    for pk in found:
        found += [child for child in children.get(pk, []) if child not in found]
    return found


def _seen(page: NumberedPage, name: str, description: str = "") -> dict[str, Any]:
    """What machines are told of a list."""
    return {
        "card": sharing.card_of(name, description, page.path),
        "structured_data": schema.of_list((name, page.path)),
    }


def _the_one(kind: type[Named], slug: str) -> Named:
    found: Named | None = kind._default_manager.filter(slug=slug).first()
    if found is None:
        raise NotThere(slug)
    return found

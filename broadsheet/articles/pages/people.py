"""Who writes here: everybody with something to read, and the picture of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from broadsheet.articles import figures
from broadsheet.articles.figures import Figure
from broadsheet.articles.models import Byline, Portrait
from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Person


@dataclass(frozen=True)
class Writer:
    person: Person
    portrait: Figure | None


def people() -> Page:
    """`/by/`, by name."""
    live = Byline.objects.filter(person=OuterRef("pk"), article__live=True)
    found = sorted(Person.objects.filter(Exists(live)), key=lambda person: person.name.casefold())
    shown = portraits(found)
    writers = [Writer(person, shown.get(person.pk)) for person in found]
    return Page("articles/people.html", {"writers": writers, "here": "/by/"})


def portraits(found: Iterable[Person]) -> dict[int, Figure]:
    """The pictures of people by their numbers, as far as they are prepared; in three queries."""
    rows = list(Portrait.objects.filter(person__in=[person.pk for person in found]))
    pictures = figures.pictures(row.picture_id for row in rows)
    made = {row.person_id: figures.figure_of(pictures[row.picture_id], row.alt) for row in rows}
    return {person: figure for person, figure in made.items() if figure}

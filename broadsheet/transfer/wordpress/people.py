"""Authors of the old site as people of this one: a name in a byline, never an account."""

from broadsheet.kit.slugs import slug_of
from broadsheet.kit.text import clean_line
from broadsheet.masthead.models import Person
from broadsheet.transfer.models import ImportedAuthor
from broadsheet.transfer.wordpress.intake import Intake


class People:
    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        known = ImportedAuthor.objects.filter(source=intake.source).select_related("person")
        self._known = {author.login: author.person for author in known}
        self.present: dict[str, Person] = {}
        """The people of this export by login."""

    def person(self, login: str) -> Person | None:
        """Whom a post names as its author; call it inside of `intake.together`."""
        if login and login not in self.present:
            self.present[login] = self._known.get(login) or self._make(login)
        return self.present.get(login)

    def find(self, login: str) -> None:
        """Count somebody whose posts are here already among the people of this export."""
        if login in self._known:
            self.present[login] = self._known[login]

    def _make(self, login: str) -> Person:
        author = self._intake.survey.authors.get(login)
        name = clean_line(author.name if author else login)[:120] or login[:120]
        person = Person.objects.filter(name=name).order_by("pk").first()
        if person is None:
            person = Person(name=name, slug=_free_slug(name))
            person.save()
        ImportedAuthor.objects.create(source=self._intake.source, login=login[:200], person=person)
        self._intake.note_change()
        self._intake.report.new["authors"] += 1
        return person


def _free_slug(name: str) -> str:
    slug = slug_of(name)
    taken = set(Person.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (slug, *numbered) if free not in taken)

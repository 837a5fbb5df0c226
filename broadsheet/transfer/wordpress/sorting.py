"""Categories become sections, tags stay tags. An article has one section: further categories become tags."""

from broadsheet.articles.models import Section, Tag
from broadsheet.kit.slugs import percent_decoded, slug_of
from broadsheet.kit.text import plain
from broadsheet.transfer.wordpress import old_places
from broadsheet.transfer.wordpress.records import Post, TermName
from broadsheet.transfer.wordpress.survey import Survey

UNSORTED = frozenset({"uncategorized", "uncategorised"})
"""WordPress's own word for articles that have no category."""


class Sorting:
    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._sections = {section.slug: section for section in Section.objects.all()}
        self._tags: dict[str, int] = dict(Tag.objects.values_list("slug", "pk"))
        self._parents = {name: category.parent for name, category in survey.categories.items()}
        self.sections_of: dict[str, Section] = {}
        """Sections by the categories of this export that they were made of."""

    def section(self, post: Post) -> Section | None:
        """That of the first category; call it inside of a transaction."""
        named = self._named(post)
        return self._section(named[0]) if named else None

    def tags(self, post: Post) -> list[int]:
        """The ids of the post's tags and of its further categories."""
        terms = [*post.tags, *self._named(post)[1:]]
        return list(dict.fromkeys(map(self._tag, terms)))

    def find(self, post: Post) -> None:
        """Note the section of a post that is here already, as far as it still stands."""
        for term in self._named(post)[:1]:
            for nicename in old_places.chain(term.nicename, self._parents):
                category = self._survey.categories.get(nicename)
                if section := self._sections.get(
                    _slug(nicename, category.name if category else term.name)[:80]
                ):
                    self.sections_of[nicename] = section

    def _named(self, post: Post) -> list[TermName]:
        return [term for term in post.categories if term.nicename not in UNSORTED]

    def _section(self, term: TermName) -> Section:
        above: Section | None = None
        for nicename in old_places.chain(term.nicename, self._parents):
            category = self._survey.categories.get(nicename)
            name = category.name if category else term.name
            above = self._one_section(nicename, name, category.description if category else "", above)
            self.sections_of[nicename] = above
        assert above is not None  # noqa: S101 - a chain holds at least the name itself
        return above

    def _one_section(self, nicename: str, name: str, description: str, above: Section | None) -> Section:
        slug = _slug(nicename, name)[:80]
        if slug not in self._sections:
            self._sections[slug] = Section.objects.create(
                name=plain(name)[:80] or slug, slug=slug, description=plain(description)[:300], parent=above
            )
        return self._sections[slug]

    def _tag(self, term: TermName) -> int:
        slug = _slug(term.nicename, term.name)[:100]
        if slug not in self._tags:
            self._tags[slug] = Tag.objects.create(name=_free_name(plain(term.name) or slug), slug=slug).pk
        return self._tags[slug]


def _slug(nicename: str, name: str) -> str:
    return percent_decoded(nicename) or slug_of(name)


def _free_name(name: str) -> str:
    """Names of tags are unique: two tags of one name are told apart by a number."""
    taken = set(Tag.objects.filter(name__istartswith=name[:90]).values_list("name", flat=True))
    numbered = (f"{name[:90]} ({number})" for number in range(2, len(taken) + 3))
    return next(free for free in (name[:100], *numbered) if free not in taken)

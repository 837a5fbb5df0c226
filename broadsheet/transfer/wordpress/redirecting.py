"""Keep the old site's addresses: each leads to where its article, page, picture, section or author is now."""

from collections.abc import Iterable, Iterator

from broadsheet.articles.models import OldAddress
from broadsheet.kit.slugs import percent_decoded
from broadsheet.transfer.wordpress import old_places
from broadsheet.transfer.wordpress.intake import Intake
from broadsheet.transfer.wordpress.people import People
from broadsheet.transfer.wordpress.pictures import Pictures
from broadsheet.transfer.wordpress.records import Post
from broadsheet.transfer.wordpress.sorting import Sorting

_AT_ONCE = 400
Way = tuple[str, str]
"""An old path and where it leads."""


class Redirecting:
    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._led: set[str] = set()

    def lead(self, ways: Iterable[Way]) -> None:
        """Write the ways that are not there yet; call it inside of `intake.together`. What leads already is left."""
        wanted = {path: target for path, target in ways if path not in self._led and path != target}
        for start in range(0, len(wanted), _AT_ONCE):
            part = list(wanted)[start : start + _AT_ONCE]
            there = set(OldAddress.objects.filter(path__in=part).values_list("path", flat=True))
            new = [OldAddress(path=path, target=wanted[path]) for path in part if path not in there]
            OldAddress.objects.bulk_create(new)
            if new:
                self._intake.note_change()
            self._intake.report.new["redirects"] += len(new)
        self._intake.report.redirects += len(wanted)
        self._led |= wanted.keys()

    def of_post(self, post: Post, target: str) -> Iterator[Way]:
        return ((path, target) for path in old_places.of_post(post, self._intake.survey))

    def of_attachment(self, post: Post, parents: dict[int, str], pictures: Pictures) -> Iterator[Way]:
        """A file's own page leads to the article that it was uploaded to, else to the picture."""
        found = pictures.find(post.attachment_url or post.guid)
        if target := parents.get(post.parent) or (found[1] if found else ""):
            yield from self.of_post(post, target)

    def of_lists(self, sorting: Sorting, people: People) -> Iterator[Way]:
        """Categories, tags and authors."""
        for nicename, section in sorting.sections_of.items():
            for path in old_places.of_category(nicename, self._intake.survey):
                yield path, section.path
        for nicename in self._intake.survey.tags:
            yield (
                old_places.of_tag(nicename, self._intake.survey),
                f"/tag/{percent_decoded(nicename)[:100]}/",
            )
        for login, person in people.present.items():
            yield old_places.of_author(login, self._intake.survey), person.path

"""Which languages the texts are in: their endings are known when texts are indexed, and when somebody asks."""

from collections.abc import Iterable

from broadsheet.masthead import speaking
from broadsheet.search.models import IndexedLanguage


def asked_in() -> list[str]:
    """The publication's language, and every other that something was indexed in."""
    return list(dict.fromkeys([main(speaking.publication_language()), *_known()]))


def remember(tags: Iterable[str]) -> None:
    """Questions are asked in these from now on."""
    fresh = {main(tag) for tag in tags} - set(_known())
    IndexedLanguage.objects.bulk_create(map(IndexedLanguage, sorted(fresh)), ignore_conflicts=True)


def main(tag: str) -> str:
    """As far as it matters to endings: `pt` of `pt-BR`."""
    return tag.lower().partition("-")[0]


def _known() -> list[str]:
    return list(IndexedLanguage.objects.order_by("tag").values_list("tag", flat=True))

"""Every correction the publication has made, newest first."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from broadsheet.articles import corrections as made
from broadsheet.articles.models import Correction
from broadsheet.kit.pages import NotThere, Page

PATH = "/corrections/"
PAGE_LENGTH = 24


@dataclass(frozen=True)
class NumberedCorrections:
    """One page of them; `previous` and `next` are paths, empty at the ends."""

    corrections: list[Correction]
    number: int
    last: int
    path: str
    previous: str
    next: str


def corrections(number: int | str = 1) -> Page:
    """`/corrections/`, and its further pages beneath."""
    number = int(number)
    pages = Paginator(made.newest(), PAGE_LENGTH)
    if not 1 <= number <= pages.num_pages:
        raise NotThere(PATH)
    page = NumberedCorrections(
        corrections=list(pages.page(number).object_list),
        number=number,
        last=pages.num_pages,
        path=_numbered(number),
        previous=_numbered(number - 1) if number > 1 else "",
        next=_numbered(number + 1) if number < pages.num_pages else "",
    )
    return Page("articles/corrections.html", {"page": page, "here": PATH, "count": pages.count})


def _numbered(number: int) -> str:
    return PATH if number == 1 else f"{PATH}page/{number}/"

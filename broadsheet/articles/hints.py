"""What to look at before publishing. These are hints, not walls: each sentence says what is missing and where."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from broadsheet.articles import reserved
from broadsheet.articles.models import Article, OldAddress, Picture, Section, StandingPage, Tag
from broadsheet.masthead.models import Person

LONGEST_HEADLINE = 90
_HREF = re.compile(r"""\bhref=["']([^"']+)["']""")
_ARTICLE = re.compile(reserved.ARTICLE, re.ASCII)
_LIST = re.compile(r"/(section|tag|by)/([^/]+)/")
_LISTS: dict[str, Any] = {"section": Section, "tag": Tag, "by": Person}


def quick(article: Article) -> list[str]:
    """What shows without asking the database, so that a list of articles can tell how many there are."""
    return [*_of_the_head(article), *_undescribed(article)]


def every(article: Article) -> list[str]:
    """All hints for an article, its links among them."""
    links = [f"The link to {path} leads nowhere on this site." for path in broken_links(article)]
    return [*quick(article), *_uncredited(article), *links]


def broken_links(article: Article) -> list[str]:
    """Paths on this site that the body links to and where nothing stands."""
    found = dict.fromkeys(path for text in _texts(article.body.get_prep_value()) for path in _own_paths(text))
    return [path for path in found if not _leads_somewhere(path)]


def _of_the_head(article: Article) -> Iterator[str]:
    if len(article.headline) > LONGEST_HEADLINE:
        yield f"The headline has {len(article.headline)} characters; up to {LONGEST_HEADLINE} are read at a glance."
    if not article.standfirst:
        yield "There is no standfirst, the line under the headline."
    if not article.section_id:
        yield "It stands in no section."
    if article.credit_url and not article.credit:
        yield "The credit has an address and no name: say whom it came from."
    if article.credit and not article.credit_url:
        yield "The credit has no address: readers cannot find the original."


def _undescribed(article: Article) -> Iterator[str]:
    if article.lead_picture_id and not article.lead_alt:
        yield "The lead picture has no description for those who cannot see it."
    for number, value in enumerate(_pictures(article), 1):
        if not (value.get("alt") or value.get("decorative")):
            yield f"Picture {number} of the body has no description for those who cannot see it."


def _uncredited(article: Article) -> Iterator[str]:
    """A picture without a credit, neither here nor in the library."""
    shown: list[tuple[str, Any, Any]] = []
    if article.lead_picture_id:
        shown.append(("The lead picture", article.lead_picture_id, article.lead_credit))
    for number, value in enumerate(_pictures(article), 1):
        shown.append((f"Picture {number} of the body", value.get("image"), value.get("credit")))
    numbers = [pk for _, pk, _ in shown if pk]
    credited = set(Picture.objects.filter(pk__in=numbers).exclude(credit="").values_list("pk", flat=True))
    for which, pk, credit in shown:
        if not credit and pk not in credited:
            yield f"{which} has no credit: say whose it is."


def _pictures(article: Article) -> list[dict[str, Any]]:
    return [value for block in article.body.get_prep_value() for value in _pictures_in(block)]


def _pictures_in(block: dict[str, Any]) -> list[dict[str, Any]]:
    if block["type"] == "image":
        return [block["value"]]
    if block["type"] != "gallery":
        return []
    return [item.get("value", item) for item in block["value"].get("images") or []]


def _texts(value: Any) -> Iterator[str]:
    """Every text in what blocks store, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _own_paths(text: str) -> Iterator[str]:
    for href in _HREF.findall(text):
        own = href.removeprefix(settings.URL) if href.startswith(f"{settings.URL}/") else href
        if own.startswith("/") and not own.startswith("//"):
            yield unquote(urlsplit(own).path)


def _leads_somewhere(path: str) -> bool:
    path = path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"
    if path == "/" or OldAddress.objects.filter(path=path).exclude(target="").exists():
        return True
    if match := _ARTICLE.match(path):
        return _article_stands(*match.groups())
    if match := _LIST.match(path):
        return bool(_LISTS[match[1]].objects.filter(slug=match[2]).exists())
    return reserved.is_ours(path) or bool(StandingPage.objects.filter(path=path, live=True).exists())


def _article_stands(year: str, month: str, day: str, slug: str) -> bool:
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return False
    return bool(Article.objects.filter(published_on=on, slug=slug, live=True).exists())

"""What an article said before: when it changed, what changed, word for word, and each version whole."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from broadsheet.articles import body, corrections, figures, wording
from broadsheet.articles.figures import Figure
from broadsheet.articles.models import Article, Correction, Version
from broadsheet.articles.pages.article import find_article
from broadsheet.kit import differing
from broadsheet.kit.differing import Change
from broadsheet.kit.pages import Gone, Moved, NotThere, Page

_CONTEXT = 2
"""Unchanged lines that are shown on either side of a change."""


@dataclass(frozen=True)
class Row:
    """A version in the list, with the corrections that say why it was made."""

    version: Version
    current: bool
    first_known: bool
    """It is older than the versions: what stood before it, if anything did, nobody kept."""
    corrections: list[Correction]


@dataclass(frozen=True)
class Stretch:
    """Lines that belong together; those nothing happened to are folded away."""

    folded: bool
    changes: list[Change]


def history(year: str, month: str, day: str, slug: str) -> Page:
    """`…/history/`: every version, newest first."""
    article = find_article(year, month, day, slug)
    versions = list(_versions(article).defer("wording").order_by("-number"))
    because: dict[int | None, list[Correction]] = {}
    for correction in corrections.of_article(article):
        because.setdefault(correction.version_id, []).append(correction)
    rows = [
        Row(version, version is versions[0], _first_known(article, version), because.get(version.pk, []))
        for version in versions
    ]
    return Page("articles/history.html", {"article": article, "rows": rows})


def difference(year: str, month: str, day: str, slug: str, number: str) -> Page:
    """`…/history/N/`: against the latest version before it that may be read."""
    article, version = _find(year, month, day, slug, number)
    earlier = _versions(article).filter(number__lt=version.number).order_by("-number")
    before = next((each for each in earlier if each.seal is None), None)
    if before is None:
        raise Moved(f"{version.path}text/")
    became = differing.changes(wording.lines(before.wording), wording.lines(version.wording))
    context = _around(article, version) | {
        "before": before,
        "stretches": _folded(became),
        "gone": differing.count(became, "gone"),
        "new": differing.count(became, "new"),
        "corrections": [each for each in corrections.of_article(article) if each.version_id == version.pk],
    }
    return Page("articles/difference.html", context)


def version_text(year: str, month: str, day: str, slug: str, number: str) -> Page:
    """`…/history/N/text/`: a version whole, as it was read."""
    article, version = _find(year, month, day, slug, number)
    said = version.wording
    text = Article._meta.get_field("body").to_python(said["body"])
    pictures = figures.pictures([*body.picture_ids(text), *filter(None, [said["lead"]["picture"]])])
    context = _around(article, version) | {
        "said": said,
        "lead": _lead(said["lead"], pictures),
        "body": body.body_html(text, pictures),
    }
    return Page("articles/version_text.html", context)


def _first_known(article: Article, version: Version) -> bool:
    appeared = article.first_published_at or article.published_at
    return version.number == 1 and appeared is not None and version.published_at > appeared


def _find(year: str, month: str, day: str, slug: str, number: str) -> tuple[Article, Version]:
    article = find_article(year, month, day, slug)
    version = _versions(article).filter(number=int(number)).first()
    if version is None:
        raise NotThere(f"{article.path}history/{number}/")
    version.article = article
    if version.seal:
        raise Gone(version.path, Page("articles/version_sealed.html", _around(article, version)))
    return article, version


def _versions(article: Article) -> QuerySet[Version]:
    versions: QuerySet[Version] = article.versions.prefetch_related("seals")
    return versions


def _around(article: Article, version: Version) -> dict[str, Any]:
    """What every page of one version shows."""
    numbers = sorted(article.versions.values_list("number", flat=True))
    return {
        "article": article,
        "version": version,
        "current": version.number == numbers[-1],
        "previous": version.number - 1 if version.number - 1 in numbers else None,
        "next": version.number + 1 if version.number + 1 in numbers else None,
    }


def _lead(said: dict[str, Any], pictures: figures.Pictures) -> Figure | None:
    picture = pictures.get(said["picture"] or 0)
    return figures.figure_of(picture, said["alt"], said["caption"], said["credit"]) if picture else None


def _folded(found: list[Change]) -> list[Stretch]:
    near = {
        place + away
        for place, change in enumerate(found)
        if not change.same
        for away in range(-_CONTEXT, _CONTEXT + 1)
    }
    apart = groupby(enumerate(found), key=lambda each: each[0] not in near)
    return [Stretch(folded, [change for _, change in group]) for folded, group in apart]

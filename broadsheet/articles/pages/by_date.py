"""Everything ever published, by year and month."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count

from broadsheet.articles import listing, site
from broadsheet.articles.models import Article
from broadsheet.kit.pages import NotThere, Page

_Month = dict[str, Any]  # "month": its first day, "count": its articles


def archive() -> Page:
    """All years with their months, newest first, and all sections."""
    by_year = groupby(_months(), key=lambda row: row["month"].year)
    years = [(year, list(months)) for year, months in by_year]
    counted = [(year, months, _sum(months)) for year, months in years]
    return Page("articles/archive.html", {"years": counted, "all_sections": site.lively_sections()})


def archive_year(year: int | str) -> Page:
    """The months of a year, and the ways to the years beside it."""
    on = _first_day(year, 1)
    months = _months(published_on__year=on.year)
    if not months:
        raise NotThere(f"/archive/{year}/")
    before, after = _beside(on, on.replace(month=12, day=31))
    context = {"year": on.year, "months": months, "count": _sum(months), "before": before, "after": after}
    return Page("articles/archive_year.html", context)


def archive_month(year: int | str, month: int | str) -> Page:
    """Every article of a month, by day, and the ways to the months beside it."""
    on = _first_day(year, month)
    last = on.replace(day=monthrange(on.year, on.month)[1])
    lines = listing.lines(listing.newest().filter(published_on__range=(on, last)))
    if not lines:
        raise NotThere(f"/archive/{on:%Y/%m}/")
    people = listing.people_of_each(line.number for line in lines)
    found = sorted(lines, key=lambda line: line.on, reverse=True)
    entries = [(line, people[line.number]) for line in found]
    days = [(day, list(of_day)) for day, of_day in groupby(entries, key=lambda entry: entry[0].on)]
    before, after = _beside(on, last)
    context = {"month": on, "days": days, "count": len(found), "before": before, "after": after}
    return Page("articles/archive_month.html", context)


def archive_paths(on: date) -> Iterator[str]:
    """Where an article of a day stands in the archive, and the pages that lead there from beside."""
    yield from ("/archive/", f"/archive/{on:%Y}/", f"/archive/{on:%Y/%m}/")
    month = on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
    year = on.replace(month=1, day=1), on.replace(month=12, day=31)
    yield from (f"/archive/{day:%Y/%m}/" for day in _beside(*month) if day)
    yield from (f"/archive/{day:%Y}/" for day in _beside(*year) if day)


def _beside(first: date, last: date) -> tuple[date | None, date | None]:
    """The last day with an article before a time, and the first after it: one index look-up each."""
    days = Article.objects.filter(live=True).values_list("published_on", flat=True)
    before = days.filter(published_on__lt=first).order_by("-published_on").first()
    return before, days.filter(published_on__gt=last).order_by("published_on").first()


def _sum(months: list[_Month]) -> int:
    return sum(row["count"] for row in months)


def _first_day(year: int | str, month: int | str) -> date:
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        raise NotThere(f"/archive/{year}/{month}/") from None


def _months(**within: int) -> list[_Month]:
    """Counted by day in the index alone: no article is read."""
    dated = Article.objects.filter(live=True, published_on__isnull=False, **within).order_by("-published_on")
    days = dated.values_list("published_on").annotate(count=Count("pk"))
    months = groupby(days, key=lambda row: row[0].replace(day=1))
    return [{"month": month, "count": sum(count for _, count in of_month)} for month, of_month in months]

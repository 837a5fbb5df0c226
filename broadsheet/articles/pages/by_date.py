"""Everything ever published, by year and month."""

from calendar import monthrange
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
    years = [(year, list(months)) for year, months in groupby(_months(), key=lambda row: row["month"].year)]
    return Page("articles/archive.html", {"years": years, "all_sections": site.lively_sections()})


def archive_year(year: int | str) -> Page:
    """The months of a year."""
    on = _first_day(year, 1)
    months = _months(published_on__year=on.year)
    if not months:
        raise NotThere(f"/archive/{year}/")
    return Page("articles/archive_year.html", {"year": on.year, "months": months})


def archive_month(year: int | str, month: int | str) -> Page:
    """Every article of a month, by day."""
    on = _first_day(year, month)
    last = on.replace(day=monthrange(on.year, on.month)[1])
    articles = listing.newest().filter(published_on__range=(on, last))
    found = sorted(articles, key=lambda article: article.published_on or date.min, reverse=True)
    if not found:
        raise NotThere(f"/archive/{on:%Y/%m}/")
    days = [(day, list(of_day)) for day, of_day in groupby(found, key=lambda article: article.published_on)]
    return Page("articles/archive_month.html", {"month": on, "days": days, "count": len(found)})


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

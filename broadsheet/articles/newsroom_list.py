"""The list of articles: as quick at the end of 100,000 of them as at its beginning, however it is ordered."""

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from wagtail.admin.paginator import WagtailPaginator

from broadsheet.articles import scheduling
from broadsheet.articles.models import Article
from broadsheet.masthead.newsroom import ListView


class ByNumber(WagtailPaginator):
    """Finds out which articles stand on a page, for which an index is enough, and then fetches those.

    What a list says of each article is asked in subqueries; PostgreSQL would answer them for all that is passed over.
    """

    def _get_page(self, shown: QuerySet[Article], number: int, paginator: "ByNumber") -> Page:  # type: ignore[type-arg]
        numbers = list(shown.values_list("pk", flat=True))
        found = self.object_list.in_bulk(numbers)
        return Page([found[pk] for pk in numbers if pk in found], number, paginator)


class ArticleListView(ListView):
    paginator_class = ByNumber

    def order_queryset(self, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Those that are alike in what the list is ordered by, in the order in which they were begun."""
        if self.ordering in ("scheduled_for", "-scheduled_for"):
            return scheduling.by_schedule(queryset, latest_first=self.ordering.startswith("-"))
        ordered: QuerySet[Any] = super().order_queryset(queryset)
        named = [str(name) for name in ordered.query.order_by]
        if not named or named[-1].removeprefix("-") == "pk":
            return ordered
        return ordered.order_by(*named, "-pk" if named[-1].startswith("-") else "pk")

"""Articles as lists show them: newest first, a fixed number to a page, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet

from broadsheet.articles import corrections, figures
from broadsheet.articles.figures import Figure, Pictures
from broadsheet.articles.models import Article, Byline
from broadsheet.kit.pages import NotThere
from broadsheet.masthead.models import Person

PAGE_LENGTH = 24


@dataclass(frozen=True)
class Story:
    """One article in a list, with all that is shown of it."""

    article: Article
    figure: Figure | None
    people: list[Person]


@dataclass(frozen=True)
class NumberedPage:
    """One page of a long list; `previous` and `next` are paths, empty at the ends."""

    stories: list[Story]
    number: int
    last: int
    count: int
    path: str
    previous: str
    next: str


def newest() -> QuerySet[Article]:
    """All live articles without their bodies, newest first."""
    articles: QuerySet[Article] = Article.objects.filter(live=True).order_by("-published_at", "-pk")
    articles = articles.annotate(retracted=corrections.retraction())
    return articles.defer("body").select_related("section").prefetch_related("bylines__person")


def stories(articles: Iterable[Article]) -> list[Story]:
    """Articles of `newest()` with their lead pictures, which come in two more queries."""
    articles = list(articles)
    pictures = figures.pictures(article.lead_picture_id for article in articles if article.lead_picture_id)
    return [Story(article, lead_figure(article, pictures), people_of(article)) for article in articles]


def page_of(articles: QuerySet[Article], number: int, path: str) -> NumberedPage:
    """Page `number` of a list that stands at `path`; its other pages stand beneath, at `path`page/2/ and so on."""
    pages = Paginator(articles, PAGE_LENGTH)
    if not 1 <= number <= pages.num_pages:
        raise NotThere(path)
    page = pages.page(number)
    return NumberedPage(
        stories=stories(page.object_list),
        number=number,
        last=pages.num_pages,
        count=pages.count,
        path=_numbered(path, number),
        previous=_numbered(path, number - 1) if page.has_previous() else "",
        next=_numbered(path, number + 1) if page.has_next() else "",
    )


def lead_figure(article: Article, pictures: Pictures) -> Figure | None:
    """The picture at the head of an article."""
    picture = pictures.get(article.lead_picture_id or 0)
    if picture is None:
        return None
    return figures.figure_of(picture, article.lead_alt, article.lead_caption, article.lead_credit)


def people_of(article: Article) -> list[Person]:
    """The people in its byline, in order, from what was fetched with it."""
    return [byline.person for byline in article.bylines.all()]


def people_of_each(articles: Iterable[int]) -> dict[int, list[Person]]:
    """The people in the bylines of these articles, in order, in one query."""
    people: dict[int, list[Person]] = {pk: [] for pk in articles}
    bylines = Byline.objects.filter(article__in=people).select_related("person").order_by("sort_order", "pk")
    for byline in bylines:
        people[byline.article_id].append(byline.person)
    return people


def _numbered(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"

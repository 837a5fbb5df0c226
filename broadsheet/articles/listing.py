"""Articles as lists show them: newest first, a fixed number to a page, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet

from broadsheet.articles import corrections, figures
from broadsheet.articles.figures import Figure, Pictures
from broadsheet.articles.models import Article, Byline, Section
from broadsheet.kit.pages import NotThere
from broadsheet.masthead.models import Person

PAGE_LENGTH = 24
_OF_A_LINE = (
    *("pk", "headline", "slug", "published_on", "language", "section"),
    *("comment_count", "comments_open", "retracted"),
)


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


@dataclass(frozen=True)
class Line:
    """One article in a table of contents: a month may have a thousand, and models take longer to make than to show."""

    number: int
    headline: str
    slug: str
    on: date
    language: str
    section: Section | None
    comment_count: int
    comments_open: bool
    retracted: bool

    @property
    def path(self) -> str:
        return Article.path_of(self.on, self.slug)


def lines(articles: QuerySet[Article]) -> list[Line]:
    """Articles of `newest()` that have a day, in their order, in two queries."""
    sections = {section.pk: section for section in Section.objects.all()}
    rows = articles.select_related(None).prefetch_related(None)
    return [
        Line(number, headline, slug, on, language, sections.get(section), *discussed)
        for number, headline, slug, on, language, section, *discussed in rows.values_list(*_OF_A_LINE)
    ]


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
    """The people in the bylines of these articles, in order, in two queries."""
    of_each: dict[int, list[Person]] = {pk: [] for pk in articles}
    bylines = Byline.objects.filter(article__in=of_each).order_by("sort_order", "pk")
    pairs = list(bylines.values_list("article_id", "person_id"))
    people = Person.objects.in_bulk({person for _, person in pairs})
    for article, person in pairs:
        of_each[article].append(people[person])
    return of_each


def _numbered(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"

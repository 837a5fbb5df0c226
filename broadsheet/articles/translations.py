"""The same article in other languages: one is the original, and each of the others says that it translates that one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.kit import locales
from broadsheet.masthead import speaking


@dataclass(frozen=True)
class Translation:
    """An article as another of its group names it."""

    language: str
    name: str
    """Of the language, in its own words."""
    path: str
    original: bool

    @property
    def url(self) -> str:
        return absolute(self.path)


def of_article(article: Article) -> list[Translation]:
    """Every article of its group that can be read, itself among them; empty where it stands alone.

    One of each language: what shares a language with an older one has not been told apart yet.
    """
    if article.pk is None:
        return []
    others = _in_groups([article.translation_of_id or article.pk]).exclude(pk=article.pk)
    return _told_apart([article, *others])


def of_all() -> dict[str, list[Translation]]:
    """The same of every article that has any, by its path; in one query, for the sitemap."""
    linked = Q(translation_of__isnull=False) | Q(pk__in=Article.objects.values("translation_of"))
    groups: dict[int, list[Article]] = defaultdict(list)
    for article in _readable().filter(linked):
        groups[article.translation_of_id or article.pk].append(article)
    told = [_told_apart(articles) for articles in groups.values()]
    return {each.path: group for group in told for each in group}


def naming(article: Article, was: int | None = None) -> list[Article]:
    """The live articles that name this one, or did while it translated the article with the number `was`."""
    originals = {article.pk, *filter(None, [article.translation_of_id, was])}
    return list(_in_groups(originals).exclude(pk=article.pk))


def original_of(chosen: Article) -> Article:
    """What a translation of the chosen article is a translation of."""
    return chosen.translation_of or chosen


def refusal(article: Article, original: Article) -> str:
    """Why an article cannot be linked as a translation of `original`; empty where it can."""
    if article.pk == original.pk:
        return "Choose another article: this one is the original already, or was chosen itself."
    if article.pk and (own := article.translations.first()):
        return (
            f"“{own}” is a translation of this article. Say of each of those that it translates “{original}”."
        )
    return ""


def of_that_language(article: Article, original: Article | None, language: str) -> Article | None:
    """Another of the group that is written in the same language, so that readers could not tell them apart."""
    root = original.pk if original else article.pk
    if root is None:
        return None
    others = Article.objects.filter(Q(pk=root) | Q(translation_of=root)).exclude(pk=article.pk)
    wanted = (language or speaking.publication_language()).lower()
    return next((other for other in others if other.written_in.lower() == wanted), None)


def _told_apart(articles: Iterable[Article]) -> list[Translation]:
    by_language: dict[str, Article] = {}
    for article in articles:
        by_language.setdefault(article.written_in.lower(), article)
    if len(by_language) < 2:
        return []
    found = [
        Translation(
            article.written_in,
            locales.own_name(article.written_in),
            article.path,
            article.translation_of_id is None,
        )
        for article in by_language.values()
    ]
    return sorted(found, key=lambda each: each.name.casefold())


def _in_groups(originals: Iterable[int]) -> QuerySet[Article]:
    originals = list(originals)
    return _readable().filter(Q(pk__in=originals) | Q(translation_of__in=originals))


def _readable() -> QuerySet[Article]:
    articles: QuerySet[Article] = Article.objects.filter(live=True, published_on__isnull=False)
    return articles.only("slug", "published_on", "language", "translation_of").order_by("pk")

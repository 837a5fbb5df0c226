"""Find what was asked for: the words understood, the filters as marks, the hits as the page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from broadsheet.articles import listing
from broadsheet.articles.models import Article, Section
from broadsheet.articles.pages.lists import with_those_beneath
from broadsheet.discussion.models import Comment
from broadsheet.masthead.models import Person
from broadsheet.search import allowances, excerpts, languages, places, texts, words
from broadsheet.search.engines import engine
from broadsheet.search.engines.asking import ARTICLES, COMMENTS, MOST_SHOWN, Query
from broadsheet.search.excerpts import Sought
from broadsheet.search.words import Words

PAGE_LENGTH = 20
_MOST_PEOPLE = 20
_OF_AN_ARTICLE = (
    *("headline", "standfirst", "slug", "language", "published_at", "published_on"),
    *("comments_open", "comment_count", "section__name", "section__slug"),
    *("indexed__place", "indexed__headline", "indexed__body"),
)
_OF_A_COMMENT = (
    *("seq", "posted_at", "indexed__place", "indexed__author", "indexed__body"),
    *(f"thread__article__{name}" for name in ("headline", "slug", "language", "published_on")),
)
"""What a page of hits shows of each."""


@dataclass(frozen=True)
class Question:
    """What a reader asked, field by field."""

    typed: str
    comments: bool = False
    section: Section | None = None
    by: str = ""
    since: date | None = None
    until: date | None = None
    newest_first: bool = False
    page: int = 1


@dataclass(frozen=True)
class Hit:
    """One found article or comment, with `<mark>` around the words that were looked for."""

    title: SafeString
    excerpt: SafeString
    article: Article
    path: str
    at: datetime | None
    people: Sequence[Person] = ()
    comment: bool = False


@dataclass(frozen=True)
class Found:
    hits: list[Hit]
    count: int
    looked_through: int
    """Where there may be more: so many of the newest texts with these words were looked through."""
    page: int
    last: int
    dropped: tuple[str, ...]

    @property
    def first(self) -> int:
        """The number of the first hit of this page."""
        return PAGE_LENGTH * (self.page - 1) + 1

    @property
    def beyond(self) -> bool:
        """Whether there are more hits than can be paged through."""
        return self.count > MOST_SHOWN


def find(question: Question, *, address: str) -> Found:
    """What was found for somebody at a network address.

    Raises words.NotUnderstood, allowances.TooMany, allowances.Crowded, or asking.TookTooLong.
    """
    understood = words.understand(question.typed, languages.asked_in())
    allowances.spend(address)
    marks = _marks(question)
    if marks is None:
        return Found([], 0, looked_through=0, page=1, last=1, dropped=understood.dropped)
    query = Query(
        COMMENTS if question.comments else ARTICLES,
        understood,
        marks=marks,
        first=places.first_of(question.since) if question.since else None,
        last=places.last_of(question.until) if question.until else None,
        newest_first=question.newest_first,
        today=places.number_of(timezone.localdate()),
    )
    with allowances.place():
        found = engine().find(query)
        last = max(1, -(-len(found.places) // PAGE_LENGTH))
        page = min(question.page, last)
        shown = found.places[PAGE_LENGTH * (page - 1) : PAGE_LENGTH * page]
        made = (_comments if question.comments else _articles)(shown, understood)
    return Found(made, found.count, found.looked_through, page, last, understood.dropped)


def _marks(question: Question) -> tuple[tuple[str, ...], ...] | None:
    """The filters as the index knows them; None where nothing can stand under them."""
    marks: list[tuple[str, ...]] = []
    if question.section:
        marks.append(tuple(f"~s{pk}" for pk in with_those_beneath(question.section)))
    if question.by and question.comments:
        marks.append((texts.mark_of_name(question.by),))
    elif question.by:
        people = Person.objects.filter(name__icontains=question.by).values_list("pk", flat=True)[
            :_MOST_PEOPLE
        ]
        if not people:
            return None
        marks.append(tuple(f"~p{pk}" for pk in people))
    return tuple(marks)


def _articles(shown: Sequence[int], asked: Words) -> list[Hit]:
    """Asked of the articles themselves: what has gone since it was indexed is left out."""
    articles = Article.objects.filter(live=True, indexed__place__in=shown).only(*_OF_AN_ARTICLE)
    found = {article.indexed.place: article for article in articles.select_related("section", "indexed")}
    people = listing.people_of_each(article.pk for article in found.values())
    sought = _sought(asked, found.values())
    hits = [found[place] for place in shown if place in found]
    return [_article(article, people[article.pk], sought[article.written_in]) for article in hits]


def _article(article: Article, people: Sequence[Person], sought: Sought) -> Hit:
    return Hit(
        title=_marked(excerpts.marked(article.indexed.headline, sought)),
        excerpt=_marked(excerpts.excerpt(article.indexed.body, sought) or article.standfirst),
        article=article,
        path=article.path,
        at=article.published_at,
        people=people,
    )


def _comments(shown: Sequence[int], asked: Words) -> list[Hit]:
    """Only those that everybody may read at this very moment."""
    public = Comment.objects.filter(state=Comment.State.PUBLISHED, thread__article__live=True)
    comments = public.filter(indexed__place__in=shown).only(*_OF_A_COMMENT)
    found = {c.indexed.place: c for c in comments.select_related("thread__article", "indexed")}
    sought = _sought(asked, (comment.thread.article for comment in found.values()))
    hits = [found[place] for place in shown if place in found]
    return [_comment(comment, sought[comment.thread.article.written_in]) for comment in hits]


def _comment(comment: Comment, sought: Sought) -> Hit:
    article = comment.thread.article
    return Hit(
        title=_marked(excerpts.marked(comment.indexed.author, sought)),
        excerpt=_marked(excerpts.excerpt(comment.indexed.body, sought)),
        article=article,
        path=f"{article.path}c/{comment.seq}/",
        at=comment.posted_at,
        comment=True,
    )


def _sought(asked: Words, articles: Iterable[Article]) -> dict[str, Sought]:
    """What is to be marked, by the languages that these are written in."""
    return {language: Sought(asked, language) for language in {article.written_in for article in articles}}


def _marked(text: str) -> SafeString:
    marked = escape(text).replace(excerpts.BEGIN, "<mark>").replace(excerpts.END, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped, but for the marks

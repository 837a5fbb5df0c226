"""What of an article or a comment is searched: plain words, without markup, and without anything that is not public."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from broadsheet.articles import wording
from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.kit import stemming
from broadsheet.kit.text import clean, clean_line, plain
from broadsheet.search.engines.asking import Entry, Shelf
from broadsheet.search.languages import main
from broadsheet.search.models import IndexedArticle, IndexedComment

LONGEST = 200_000
"""Characters of one text: PostgreSQL takes no more than a megabyte of lexemes."""
_UNSEARCHED = wording.NO_WORDS | {"url"}


def of_article(article: Article) -> dict[str, str]:
    """The columns of its row."""
    section = [f"~s{article.section_id}"] if article.section_id else []
    people = [byline.person for byline in article.bylines.all()]
    return {
        "headline": clean_line(article.headline),
        "standfirst": clean_line(article.standfirst),
        "people": clean_line(", ".join([*(person.name for person in people), article.credit])),
        "body": " ".join(_texts(article.body.get_prep_value()))[:LONGEST],
        "marks": " ".join(
            [f"~l{main(article.written_in)}", *section, *(f"~p{person.pk}" for person in people)]
        ),
    }


def of_comment(comment: Comment) -> dict[str, str]:
    """The columns of its row."""
    article = comment.thread.article
    marks = [f"~l{main(article.written_in)}", *([f"~s{article.section_id}"] if article.section_id else [])]
    return {
        "author": clean_line(comment.author_name),
        "body": plain(comment.html)[:LONGEST],
        "marks": " ".join([*marks, mark_of_name(comment.author_name)]),
    }


def entry(row: IndexedArticle | IndexedComment, shelf: Shelf, language: str) -> Entry:
    """What the index is to know of a row that is written in a language."""
    columns = tuple(stemming.stems(getattr(row, column), language) for column in shelf.weights)
    return Entry(row.place, columns, row.marks.split())


def mark_of_name(name: str) -> str:
    """The mark of comments under a name, however it is capitalised."""
    return "~n" + blake2b(clean_line(name).casefold().encode(), digest_size=8).hexdigest()


def _texts(value: Any) -> Iterator[str]:
    """Every text in a body as it is stored; blocks of kinds that are yet to be invented included."""
    if isinstance(value, str):
        yield plain(value) if "<" in value or "&" in value else " ".join(clean(value).split())
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _UNSEARCHED:
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)

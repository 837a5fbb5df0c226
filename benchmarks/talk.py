"""Very many comments under the newest articles of an archive, in its words, with their rows in the search index."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from benchmarks.archive import Archive

if TYPE_CHECKING:
    from broadsheet.articles.models import Article
    from broadsheet.search.engines.asking import Entry

IN_A_THREAD = 100
NAMES = 2_000
AT_ONCE = 5_000


def fill(archive: Archive, comments: int) -> None:
    """Write so many comments, each a root of one to three sentences; left as they are if a run before wrote them."""
    from django.db import transaction

    from benchmarks.bulk import index_built_afterwards, next_number, numbers_go_on, put
    from broadsheet.articles.models import Article
    from broadsheet.discussion.models import Comment, Thread
    from broadsheet.search.engines import engine
    from broadsheet.search.engines.asking import COMMENTS
    from broadsheet.search.models import IndexedComment

    if IndexedComment.objects.count() >= comments:
        return
    threads = -(-comments // IN_A_THREAD)
    articles = list(Article.objects.filter(live=True).order_by("-published_at").defer("body")[:threads])
    first = next_number(Thread)
    counts = dict.fromkeys(("last_seq", "last_rev", "root_count", "comment_count"), IN_A_THREAD)
    put(Thread(**counts), ["article_id", "id"], ((each.pk, first + n) for n, each in enumerate(articles)))
    numbers_go_on(Thread)
    drawn = _comments(archive, articles, first, next_number(Comment))
    template = Comment(state=Comment.State.PUBLISHED, depth=0, render_version=1)
    with index_built_afterwards(COMMENTS.index, f"{COMMENTS.index}_gin"):
        while some := list(islice(drawn, AT_ONCE)):
            put(template, _COLUMNS, (row for row, _, _ in some))
            put(IndexedComment(), _INDEXED, (indexed for _, indexed, _ in some))
            with transaction.atomic():
                engine().put(COMMENTS, [entry for _, _, entry in some])
    numbers_go_on(Comment)


_COLUMNS = (
    "id",
    "thread_id",
    "seq",
    "sib",
    "rev",
    "path",
    "author_name",
    "posted_at",
    "source",
    "html",
)
_INDEXED = ("place", "comment_id", "author", "body", "marks")


def _comments(
    archive: Archive, articles: "list[Article]", thread: int, number: int
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], "Entry"]]:
    """Rows of the comment and of the index, and the index's entry; the oldest article's comments first."""
    from broadsheet.search import places, texts
    from broadsheet.search.engines.asking import Entry

    of_day: dict[object, int] = {}
    for index in reversed(range(len(articles))):
        article = articles[index]
        for seq in range(1, IN_A_THREAD + 1):
            at = (article.published_at or datetime.now(UTC)) + timedelta(seconds=seq)
            place = of_day[at.date()] = of_day.get(at.date(), -1) + 1
            who = archive.chance.randrange(NAMES)
            name = f"{archive.words[who].capitalize()} {archive.words[who * 7 % NAMES].capitalize()}"
            sentences = archive.chance.choices(archive.sentences, k=archive.chance.randrange(1, 4))
            text = ". ".join(sentences)
            marks = f"~len ~s{article.section_id} {texts.mark_of_name(name)}"
            found = places.first_of(at.date()) + place
            path, html = seq.to_bytes(4, "big"), f"<p>{text}</p>"
            row = (number, thread + index, seq, seq, seq, path, name, f"{at:%Y-%m-%d %H:%M:%S}", text, html)
            columns = (archive.stems(name), list(chain.from_iterable(map(archive.stems, sentences))))
            yield row, (found, number, name, text, marks), Entry(found, columns, marks.split())
            number += 1

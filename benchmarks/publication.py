"""A throw-away publication to measure on: a temporary home with every migration done and generated content."""

import atexit
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.articles.models import Article
    from broadsheet.discussion.models import Thread

SEED = 20_26
WORDS = [
    "the",
    "tide",
    "gauge",
    "pier",
    "harbour",
    "rope",
    "table",
    "morning",
    "wind",
    "council",
    "letter",
    "boat",
    "silt",
    "lamp",
    "ferry",
    "north",
    "wall",
]
NO_LIMIT = "1000000/1"


def make_home() -> Path:
    """An empty home with its databases; it goes when the process ends."""
    home = Path(tempfile.mkdtemp(prefix="broadsheet-benchmark-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["BROADSHEET_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.wiring.settings"
    for limit in ("network", "wider_network", "thread"):
        os.environ[f"BROADSHEET_LIMIT_COMMENTS_{limit.upper()}"] = NO_LIMIT
    for limit in ("transcripts_network", "transcripts_wider_network", "counts_network"):
        os.environ[f"BROADSHEET_LIMIT_{limit.upper()}"] = NO_LIMIT
    from broadsheet.wiring import starting

    starting.make_home()
    starting.start_django()
    from broadsheet.masthead import founding
    from broadsheet.wiring import upgrading

    upgrading.upgrade_databases()
    upgrading.collect_static_files()
    founding.found(name="The Benchmark", email="publisher@example.org")
    return home


def make_article(slug: str, paragraphs: int = 8) -> "Article":
    from django.utils import timezone

    from broadsheet.articles.models import Article

    chance = random.Random(slug)
    html = "".join(f"<p>{sentence(chance, 60)}</p>" for _ in range(paragraphs))
    body = [{"type": "paragraph", "value": html, "id": "1"}]
    article = Article(headline=f"On {slug}", slug=slug, body=body, live=True, published_at=timezone.now())
    article.save()
    return article


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def make_thread(article: "Article", size: int, *, roots: float = 0.32) -> "Thread":
    """A thread of `size` comments; `roots` of them answer the article, the others any earlier comment."""
    from django.db.models import Max

    from benchmarks.bulk import numbers_go_on
    from broadsheet.discussion import counting, reading
    from broadsheet.discussion.models import Comment, Thread

    thread = reading.started_thread_of(article)
    first = (Comment.objects.aggregate(highest=Max("pk"))["highest"] or 0) + 1
    comments: list[Comment] = []
    for batch in _batches(_comments(thread, size, first, roots, comments), 2000):
        Comment.objects.bulk_create(batch)
    numbers_go_on(Comment)
    Thread.objects.filter(pk=thread.pk).update(last_seq=size, last_rev=size, comment_count=size)
    counting.recount(thread)
    return Thread.objects.select_related("article").get(pk=thread.pk)


def _comments(thread: "Thread", size: int, first: int, roots: float, made: list) -> Iterator:  # type: ignore[type-arg]
    from broadsheet.discussion.models import Comment

    chance = random.Random(SEED)
    sibs: Counter[int] = Counter()
    for seq in range(1, size + 1):
        parent = None if chance.random() < roots or not made else made[chance.randrange(len(made))]
        text = sentence(chance, chance.randrange(5, 60))
        comment = Comment(
            pk=first + seq - 1,
            thread=thread,
            seq=seq,
            rev=seq,
            state=Comment.State.PUBLISHED,
            author_name=f"Guest {chance.randrange(200)}",
            posted_at=thread.article.published_at + timedelta(seconds=seq),
            source=text,
            html=f"<p>{text}</p>",
            render_version=1,
        )
        comment.place_below(parent)
        sibs[comment.parent_id or 0] += 1
        comment.sib = sibs[comment.parent_id or 0]
        made.append(comment)
        yield comment


def _batches(items: Iterator, size: int) -> Iterator[list]:  # type: ignore[type-arg]
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch

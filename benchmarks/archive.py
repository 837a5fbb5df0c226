"""A long archive to measure on: very many articles of the usual length, their words as unevenly common as real ones.

Word number n of the vocabulary is used in proportion to 1/n (Zipf's law), so a few stand in every article and most in
hardly any. Everything is drawn from one seed: two runs have the same archive.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from benchmarks.publication import SEED

if TYPE_CHECKING:
    from broadsheet.articles.models import Article

VOCABULARY = 30_000
A_DAY = 27
"""Articles; 100,000 of them are ten years."""
SENTENCES = 20_000
_SYLLABLES = (
    "ba",
    "re",
    "ti",
    "mo",
    "ka",
    "lu",
    "so",
    "vi",
    "da",
    "pe",
    "shi",
    "gor",
    "len",
    "tar",
    "wick",
    "ness",
    "ford",
)
_AT_ONCE = 2000


class Archive:
    """Draws articles, and knows how common each word is: `words[0]` is the commonest."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        words: set[str] = set()
        while len(words) < VOCABULARY:
            words.add("".join(self.chance.choices(_SYLLABLES, k=self.chance.choice((2, 2, 3, 3, 4)))))
        self.words = sorted(words)
        self.chance.shuffle(self.words)
        self._shares = list(accumulate(1 / (number + 2.7) for number in range(VOCABULARY)))
        self.sentences = [self._draw(self.chance.randrange(8, 28)) for _ in range(SENTENCES)]

    def _draw(self, words: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self._shares, k=words)).capitalize()

    def headline(self) -> str:
        return self._draw(8)

    def paragraphs(self) -> list[str]:
        """400 to 800 words."""
        chosen = self.chance.choices(self.sentences, k=self.chance.randrange(24, 44))
        return [". ".join(chosen[start : start + 4]) + "." for start in range(0, len(chosen), 4)]

    def fill(self, articles: int) -> None:
        """Write so many articles, the newest of yesterday, with their rows in the search index."""
        from django.db import transaction

        from broadsheet.articles.models import Article, ArticleTag, Byline, Section, Tag
        from broadsheet.masthead.models import Person
        from broadsheet.search.models import IndexedArticle

        sections = [Section.objects.create(name=f"Section {n}", slug=f"section-{n}") for n in range(12)]
        people = [Person.objects.create(name=f"{self.words[n]} {n}", slug=f"person-{n}") for n in range(40)]
        tags = [Tag.objects.create(name=f"Tag {n}", slug=f"tag-{n}") for n in range(300)]
        drawn = self._articles(articles, sections)
        while some := [article for _, article in zip(range(_AT_ONCE), drawn, strict=False)]:
            with transaction.atomic():
                Article.objects.bulk_create(some)
                Byline.objects.bulk_create(
                    Byline(article=article, person=self.chance.choice(people), sort_order=0)
                    for article in some
                )
                ArticleTag.objects.bulk_create(
                    ArticleTag(content_object=article, tag=tag)
                    for article in some
                    for tag in {self.chance.choice(tags), self.chance.choice(tags)}
                )
                IndexedArticle.objects.bulk_create(map(_indexed, some))

    def _articles(self, count: int, sections: list) -> Iterator["Article"]:  # type: ignore[type-arg]
        from broadsheet.articles.models import Article

        first = datetime.now(UTC).date() - timedelta(days=count // A_DAY + 1)
        for number in range(count):
            on = first + timedelta(days=number // A_DAY)
            paragraphs = self.paragraphs()
            yield Article(
                headline=self.headline(),
                standfirst=self.chance.choice(self.sentences),
                slug=f"story-{number}",
                section=self.chance.choice(sections),
                body=[{"type": "paragraph", "value": f"<p>{text}</p>", "id": "1"} for text in paragraphs],
                live=True,
                published_on=on,
                published_at=datetime.combine(on, time(6 + number % A_DAY // 2, 30 * (number % 2)), UTC),
            )


def _indexed(article: "Article"):  # type: ignore[no-untyped-def]
    """Its row as the worker would write it, without asking the database for what is known here."""
    from broadsheet.search import places
    from broadsheet.search.models import IndexedArticle

    assert article.published_on
    number = int(article.slug.removeprefix("story-"))
    return IndexedArticle(
        place=places.first_of(article.published_on) + number % A_DAY,
        article=article,
        headline=article.headline,
        standfirst=article.standfirst,
        people="Ines Aldana",
        body=" ".join(block["value"][3:-4] for block in article.body.get_prep_value()),
        marks=f"~s{article.section_id}",
    )

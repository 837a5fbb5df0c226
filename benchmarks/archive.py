"""A long archive to measure on: very many articles of the usual length, their words as unevenly common as real ones.

Word number n of the vocabulary is used in proportion to 1/n (Zipf's law), so a few stand in every article and most in
hardly any. Everything is drawn from one seed: two runs have the same archive.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Any

from benchmarks.publication import SEED

if TYPE_CHECKING:
    from broadsheet.masthead.models import Person
    from broadsheet.search.engines.asking import Entry

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
        self._known: dict[str, list[str]] = {}
        self.sentences = [self._draw(self.chance.randrange(8, 28)) for _ in range(SENTENCES)]

    def _draw(self, words: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self._shares, k=words)).capitalize()

    def headline(self) -> str:
        return self._draw(8)

    def sentences_of_one(self) -> list[str]:
        """400 to 800 words."""
        return self.chance.choices(self.sentences, k=self.chance.randrange(24, 44))

    def body(self) -> list[dict[str, str]]:
        return _body(self.sentences_of_one())

    def fill(self, articles: int) -> None:
        """Write so many articles, the newest of yesterday, with their rows in the search index.

        Where `DATABASE_URL` names a database that has them from a run before, they are left as they are.
        """
        from django.db import transaction

        from benchmarks.bulk import AT_ONCE, index_built_afterwards, next_number, numbers_go_on, put
        from broadsheet.articles.models import Article, ArticleTag, Byline, Section, Tag
        from broadsheet.masthead.models import Person
        from broadsheet.search import languages
        from broadsheet.search.engines import engine
        from broadsheet.search.engines.asking import ARTICLES
        from broadsheet.search.models import IndexedArticle

        if IndexedArticle.objects.count() >= articles:
            return
        languages.remember(["en"])
        sections = [Section.objects.create(name=f"Section {n}", slug=f"section-{n}") for n in range(12)]
        people = [Person.objects.create(name=f"{self.words[n]} {n}", slug=f"person-{n}") for n in range(40)]
        tags = [Tag.objects.create(name=f"Tag {n}", slug=f"tag-{n}") for n in range(300)]
        first = next_number(Article)
        numbers = range(first, first + articles)
        drawn = self._articles(numbers, sections, people)
        with index_built_afterwards(ARTICLES.index, f"{ARTICLES.index}_gin"):
            while some := list(islice(drawn, AT_ONCE)):
                put(Article(live=True), Drawn.COLUMNS, (each.row for each in some))
                put(IndexedArticle(), Drawn.INDEXED, (each.indexed for each in some))
                with transaction.atomic():
                    engine().put(ARTICLES, [self._entry(each) for each in some])
        put(Byline(sort_order=0), ["article_id", "person_id"], ((n, people[n % 40].pk) for n in numbers))
        put(
            ArticleTag(),
            ["content_object_id", "tag_id"],
            ((n, tags[n * 7 % 300 - each].pk) for n in numbers for each in (0, 1 + n % 5)),
        )
        numbers_go_on(Article)

    def _articles(self, numbers: range, sections: list, people: list) -> Iterator["Drawn"]:  # type: ignore[type-arg]
        first = datetime.now(UTC).date() - timedelta(days=len(numbers) // A_DAY + 1)
        for place, number in enumerate(numbers):
            yield Drawn(
                number=number,
                of_day=place % A_DAY,
                on=first + timedelta(days=place // A_DAY),
                headline=self.headline(),
                standfirst=self.chance.choice(self.sentences),
                sentences=self.sentences_of_one(),
                section=self.chance.choice(sections).pk,
                person=people[number % 40],
            )

    def _entry(self, drawn: "Drawn") -> "Entry":
        """What the worker would tell the index; the stems of a sentence are looked for once."""
        from broadsheet.search.engines.asking import Entry

        place, _, headline, standfirst, people, _, marks = drawn.indexed
        body = list(chain.from_iterable(map(self.stems, drawn.sentences)))
        columns = (self.stems(headline), self.stems(standfirst), self.stems(people), body)
        return Entry(place, columns, marks.split())

    def stems(self, text: str) -> list[str]:
        from broadsheet.kit import stemming

        if text not in self._known:
            self._known[text] = stemming.stems(text, "en")
        return self._known[text]


def _body(sentences: list[str]) -> list[dict[str, str]]:
    groups = [sentences[start : start + 4] for start in range(0, len(sentences), 4)]
    return [{"type": "paragraph", "value": f"<p>{'. '.join(group)}.</p>", "id": "1"} for group in groups]


@dataclass(frozen=True)
class Drawn:
    """An article as rows of its tables: what the newsroom and the worker would write."""

    COLUMNS = (
        "id",
        "headline",
        "standfirst",
        "slug",
        "section_id",
        "body",
        "published_on",
        "published_at",
    )
    INDEXED = ("place", "article_id", "headline", "standfirst", "people", "body", "marks")

    number: int
    of_day: int
    on: date
    headline: str
    standfirst: str
    sentences: list[str]
    section: int
    person: "Person"

    @property
    def row(self) -> tuple[object, ...]:
        at = datetime.combine(self.on, time(6 + self.of_day // 2, 30 * (self.of_day % 2)))
        slug = f"story-{self.number}"
        return (
            self.number,
            self.headline,
            self.standfirst,
            slug,
            self.section,
            json.dumps(_body(self.sentences)),
            str(self.on),
            f"{at:%Y-%m-%d %H:%M:%S}",
        )

    @property
    def indexed(self) -> tuple[Any, ...]:
        from broadsheet.search import places

        return (
            places.first_of(self.on) + self.of_day,
            self.number,
            self.headline,
            self.standfirst,
            self.person.name,
            ". ".join(self.sentences),
            f"~len ~s{self.section} ~p{self.person.pk}",
        )

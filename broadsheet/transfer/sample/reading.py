"""Reads the sample publication from its files, so that whoever fills a home with it needs to know no format."""

import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from broadsheet.transfer.sample import bodies, chatter, threads
from broadsheet.transfer.sample.bodies import Block
from broadsheet.transfer.sample.threads import SampleComment

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True)
class SampleSection:
    """A section of the paper."""

    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class SamplePerson:
    """Somebody who writes for the paper."""

    slug: str
    name: str
    role: str
    biography: str
    links: str = ""
    picture: str = ""
    """One of `pictures.NAMES`, or none."""
    alt: str = ""


@dataclass(frozen=True)
class SamplePage:
    """A standing page."""

    slug: str
    title: str
    blocks: list[Block]


@dataclass(frozen=True)
class SampleCredit:
    """Whom a story came from."""

    source: str
    url: str
    agency: str = ""
    licence: str = ""
    """A key of `articles/licences.py`."""


@dataclass(frozen=True)
class SampleChange:
    """What was put right so many hours after it appeared: until then `was` stood where `now` stands."""

    hours_later: int
    was: str
    now: str
    kind: str
    text: str


@dataclass(frozen=True)
class SampleLead:
    """The picture at the head of an article; `name` is one of `pictures.NAMES`."""

    name: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class SampleArticle:
    """An article with its thread; published at `at` (the publication's zone) so many days before the first run."""

    slug: str
    title: str
    standfirst: str
    section: str
    tags: list[str]
    bylines: list[str]
    days_ago: int
    at: time
    lead: SampleLead
    credit: SampleCredit | None
    comments_open: bool
    changes: list[SampleChange]
    blocks: list[Block]
    comments: list[SampleComment]
    language: str = ""
    """Where it is not the paper's."""
    translation_of: str = ""
    """The slug of the original."""
    prompt: str = ""
    """What readers are asked above the form."""
    experts: tuple[str, ...] = ()
    """The slugs of those who answer in question time; without any there is none."""
    voices: tuple[int, ...] = ()
    """How many chose what in its poll, in the order of the choices."""


@dataclass(frozen=True)
class SamplePublication:
    """The whole paper; articles newest first."""

    name: str
    motto: str
    menu: str
    foot: str
    box: dict[str, str]
    sections: list[SampleSection]
    people: list[SamplePerson]
    pages: list[SamplePage]
    articles: list[SampleArticle]


def read_sample() -> SamplePublication:
    """The sample publication, complete."""
    facts = tomllib.loads((CONTENT / "publication.toml").read_text(encoding="utf-8"))
    articles = [_read_article(path) for path in sorted((CONTENT / "articles").glob("*.md"))]
    return SamplePublication(
        name=facts["name"],
        motto=facts["motto"],
        menu=facts["menu"].strip(),
        foot=facts["foot"].strip(),
        box=facts["box"],
        sections=[SampleSection(**section) for section in facts["sections"]],
        people=[SamplePerson(**person) for person in facts["people"]],
        pages=[_read_page(CONTENT / "pages" / f"{slug}.md") for slug in facts["pages"]],
        articles=sorted(
            articles, key=lambda article: (article.days_ago, -article.at.hour * 60 - article.at.minute)
        ),
    )


def _read_page(path: Path) -> SamplePage:
    head, body = _parted(path)
    return SamplePage(slug=path.stem, title=head["title"], blocks=bodies.read_body(body))


def _read_article(path: Path) -> SampleArticle:
    head, body = _parted(path)
    return SampleArticle(
        slug=head["slug"],
        title=head["title"],
        standfirst=head["standfirst"],
        section=head["section"],
        tags=head["tags"],
        bylines=head["bylines"],
        days_ago=head["days_ago"],
        at=head["at"],
        lead=SampleLead(head["picture"], head["alt"], head["caption"], head["picture_credit"]),
        credit=SampleCredit(**head["credit"]) if "credit" in head else None,
        comments_open=head.get("comments_open", True),
        changes=[SampleChange(**change) for change in head.get("changes", [])],
        blocks=bodies.read_body(body),
        comments=_read_comments(head),
        language=head.get("language", ""),
        translation_of=head.get("translation_of", ""),
        prompt=head.get("prompt", ""),
        experts=tuple(head.get("experts", [])),
        voices=tuple(head.get("voices", [])),
    )


def _read_comments(head: dict[str, Any]) -> list[SampleComment]:
    if "chatter" in head:
        return chatter.make_thread(**head["chatter"])
    path = CONTENT / "threads" / f"{head['slug']}.txt"
    return threads.read_thread(path.read_text(encoding="utf-8")) if path.exists() else []


def _parted(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body of a file that begins with TOML between two lines of `+++`."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return tomllib.loads(head), body

"""The publisher's rules: who may comment, what waits for a moderator, when a discussion closes, and how fast it goes.

The publication, its sections and each article may say so; what the nearest of them leaves open, the next above says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from wagtail.log_actions import log

from broadsheet.articles import owning
from broadsheet.articles.models import Article, Section
from broadsheet.discussion.models import Rules, Thread
from broadsheet.events.recording import record
from broadsheet.masthead.models import Publication
from broadsheet.readers.models import Reader

Subject = Publication | Section | Article
"""Whose rules they are."""
SUBJECTS = (Publication, Section, Article)

MODERATE, FILE, FOUND = (
    "discussion.change_comment",
    "articles.change_section",
    "masthead.change_publication",
)


@dataclass(frozen=True)
class InForce:
    """What holds for one article."""

    who: str = Rules.Who.EVERYONE
    hold: str = Rules.Hold.NOTHING
    first_comments: int = 1
    close_after_days: int = 0
    slow_seconds: int = 0

    @property
    def readers_only(self) -> bool:
        return self.who == Rules.Who.READERS


NAMES = tuple(field.name for field in fields(InForce))
COLUMNS = ", ".join(f"rules.{name}" for name in NAMES)
JOINED = """
LEFT JOIN articles_section own ON own.id = article.section_id
LEFT JOIN articles_section above ON above.id = own.parent_id
LEFT JOIN discussion_rules rules ON rules.level = 'publication' OR rules.article_id = article.id
    OR rules.section_id IN (own.id, own.parent_id, above.parent_id)
"""
"""To ask for the rules with an article: a row for each level that says anything, in the order `NEAREST_FIRST`."""
NEAREST_FIRST = """
CASE WHEN rules.article_id IS NOT NULL THEN 0 WHEN rules.section_id = own.id THEN 1
     WHEN rules.section_id = own.parent_id THEN 2 WHEN rules.section_id IS NOT NULL THEN 3 ELSE 4 END
"""
_OF_ARTICLE = (
    f"SELECT {COLUMNS} FROM articles_article article {JOINED} WHERE article.id = %s ORDER BY {NEAREST_FIRST}"  # noqa: S608
)


def resolve(levels: Iterable[Iterable[Any]]) -> InForce:
    """What holds, of what each level says, the nearest first; each says its values in the order of `NAMES`."""
    said: dict[str, Any] = {}
    for level in levels:
        for name, value in zip(NAMES, level, strict=True):
            if value not in (None, ""):
                said.setdefault(name, value)
    return InForce(**said)


def in_force(thread: Thread) -> InForce:
    """What holds in a thread; whoever loaded it for a post loaded that as well."""
    if thread.rules is None:
        thread.rules = of_article(thread.article)
    rules: InForce = thread.rules
    return rules


def of_article(article: Article) -> InForce:
    with connection.cursor() as cursor:
        cursor.execute(_OF_ARTICLE, [article.pk])
        return resolve(cursor.fetchall())


def of_sections() -> dict[int | None, InForce]:
    """What holds in each section as far as no article says otherwise; under None, outside all sections."""
    publication, by_section = _above_articles()
    parents = dict(Section.objects.values_list("pk", "parent"))
    return {None: resolve([publication])} | {
        pk: resolve([*(by_section.get(each, _NOTHING) for each in _upwards(pk, parents)), publication])
        for pk in parents
    }


def above(subject: Subject) -> InForce:
    """What holds for it as long as it says nothing itself."""
    if isinstance(subject, Publication):
        return InForce()
    if isinstance(subject, Section):
        return of_sections()[subject.parent_id]
    return of_sections()[subject.section_id]


def own(subject: Subject) -> Rules:
    """What it says itself; an unsaved row that says nothing where nobody has set any rules."""
    level = _level(subject)
    rules = Rules.objects.select_related("set_by").filter(**level).first()
    return rules or Rules(**level)


def may_set(by: Reader, subject: Subject) -> bool:
    """Whether somebody may set its rules: whoever may change it, and of an article every moderator."""
    if isinstance(subject, Publication):
        return by.has_perm(FOUND)
    if isinstance(subject, Section):
        return by.has_perm(FILE)
    return by.has_perm(MODERATE) or owning.may_change(by, subject)


def set_rules(subject: Subject, values: Mapping[str, Any], *, by: Reader) -> Rules:
    """Let it say these values, empty ones for “as the level above says”. Its history tells of it."""
    if not may_set(by, subject):
        raise PermissionDenied(
            "Only whoever may change it, or a moderator, sets the rules of its discussion."
        )
    with transaction.atomic():
        level = _level(subject)
        rules = Rules.objects.select_for_update(of=("self",)).filter(**level).first() or Rules(**level)
        changed = {name: values[name] for name in NAMES if getattr(rules, name) != values[name]}
        if not changed:
            return rules
        for name, value in changed.items():
            setattr(rules, name, value)
        rules.set_by = by
        rules.save()
        log(subject, "broadsheet.rule", user=by, data={"said": in_words(changed)})
        article = subject.pk if isinstance(subject, Article) else None
        record("discussion.ruled", articles=[article] if article else None)
    return rules


def in_words(changed: Mapping[str, Any]) -> str:
    """What was set, for the newsroom's history."""
    said = [
        f"{_NAMED[name]}: {'as the level above says' if value in (None, '') else _told(name, value)}"
        for name, value in changed.items()
        if name != "first_comments" or value is not None
    ]
    return f"Rules of the discussion: {'; '.join(said)}"


_NAMED = {
    "who": "who may comment",
    "hold": "read before it appears",
    "first_comments": "published comments that make known",
    "close_after_days": "days until it closes",
    "slow_seconds": "seconds between two comments",
}


def _told(name: str, value: Any) -> str:
    """A value in the words of the form."""
    labels = {"who": Rules.Who, "hold": Rules.Hold}.get(name)
    return str(labels(value).label) if labels else str(value or "no limit")


_NOTHING = ("", "", None, None, None)


def _above_articles() -> tuple[tuple[Any, ...], dict[int, tuple[Any, ...]]]:
    """What the publication says, and what each section does."""
    publication: tuple[Any, ...] = _NOTHING
    by_section: dict[int, tuple[Any, ...]] = {}
    for section, *said in Rules.objects.exclude(level=Rules.Level.ARTICLE).values_list("section", *NAMES):
        if section is None:
            publication = tuple(said)
        else:
            by_section[section] = tuple(said)
    return publication, by_section


def _upwards(section: int, parents: Mapping[int, int | None]) -> list[int]:
    """A section, the one it stands under, and the one above that: as far as posting looks."""
    way = [section]
    while len(way) < 3 and (parent := parents.get(way[-1])) is not None:
        way.append(parent)
    return way


def _level(subject: Subject) -> dict[str, Any]:
    """The fields that say whose rules they are."""
    if isinstance(subject, Publication):
        return {"level": Rules.Level.PUBLICATION}
    if isinstance(subject, Section):
        return {"level": Rules.Level.SECTION, "section": subject}
    return {"level": Rules.Level.ARTICLE, "article": subject}

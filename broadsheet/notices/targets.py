"""What stands at a public address and can be followed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from broadsheet.articles.models import Tag
from broadsheet.articles.pages import lists
from broadsheet.articles.pages.article import find_article
from broadsheet.articles.reserved import ARTICLE
from broadsheet.discussion import reading
from broadsheet.kit.pages import NotThere
from broadsheet.notices.models import Follow
from broadsheet.readers.models import Profile

Kind = Follow.Kind


@dataclass(frozen=True)
class Target:
    kind: str
    key: str
    """The foreign key of a follow that it stands in."""
    thing: Any

    def asked(self) -> dict[str, Any]:
        """A kind and its foreign key, for `following.ask_for`."""
        is_thread = self.kind == Kind.THREAD
        return {
            "kind": self.kind,
            self.key: reading.started_thread_of(self.thing.article) if is_thread else self.thing,
        }

    @property
    def as_follow(self) -> Follow:
        """One that is not saved, to say what it would be."""
        return Follow(kind=self.kind, **{self.key: self.thing})


def at(path: str) -> Target:
    """What stands at a public path; raises `NotThere` where nothing does that could be followed."""
    for pattern, find in _PLACES:
        if match := pattern.fullmatch(path):
            return find(**match.groupdict())
    raise NotThere


def _thread(**address: str) -> Target:
    return Target(Kind.THREAD, "thread", reading.thread_of(find_article(**address)))


def _section(slug: str) -> Target:
    return Target(Kind.SECTION, "section", lists.find_section(slug))


def _byline(slug: str) -> Target:
    return Target(Kind.BYLINE, "byline", lists.find_person(slug))


def _tag(slug: str) -> Target:
    tag = Tag.objects.filter(slug=slug).first()
    if tag is None:
        raise NotThere
    return Target(Kind.TAG, "tag", tag)


def _reader(key: str) -> Target:
    shown = Profile.objects.filter(key=key, shown_at__isnull=False, reader__is_active=True)
    profile = shown.select_related("reader").first()
    if profile is None:
        raise NotThere
    return Target(Kind.READER, "reader", profile.reader)


_PLACES: tuple[tuple[re.Pattern[str], Callable[..., Target]], ...] = (
    (re.compile(ARTICLE, re.ASCII), _thread),
    (re.compile(r"/section/(?P<slug>[^/]+)/"), _section),
    (re.compile(r"/by/(?P<slug>[^/]+)/"), _byline),
    (re.compile(r"/tag/(?P<slug>[^/]+)/"), _tag),
    (re.compile(r"/readers/(?P<key>[a-z0-9]{10})/"), _reader),
)

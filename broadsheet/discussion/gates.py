"""Gates: questions asked before a comment appears. Each answers accept, hold or refuse.

Two stand always. The option `gates` names the others, so that whatever judges comments can stand above this app. The
first gate that does not accept decides.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.discussion.models import Thread
from broadsheet.kit import sanitising


@dataclass(frozen=True)
class Question:
    thread: Thread
    draft: Draft
    html: str
    by: Commenter


@dataclass(frozen=True)
class Held:
    reason: str
    """A clause that ends “It waits for a moderator: …”. It is kept in English, and translated where it is shown."""


@dataclass(frozen=True)
class Refused:
    sentence: str
    """What is wrong and how to mend it, for the author."""


Gate = Callable[[Question], Held | Refused | None]


def ask(question: Question) -> Held | Refused | None:
    """The first answer that is not acceptance; None where every gate accepts."""
    if question.by.trusted:
        return None
    gates: list[Gate] = [honeypot, look_alike, *map(import_string, settings.OPTIONS["gates"])]
    for gate in gates:
        answer = gate(question)
        if answer is not None:
            return answer
    return None


def honeypot(question: Question) -> Held | None:
    """The field that people do not see was filled in."""
    return Held(gettext_noop("a field that people do not see was filled in")) if question.draft.trap else None


def look_alike(question: Question) -> Held | None:
    """A guest's name contains that of somebody who writes here."""
    if question.by.reader is None and question.by.has_staff_name_within(question.draft.name):
        return Held(gettext_noop("its name resembles that of somebody who writes here"))
    return None


def links(question: Question) -> Held | None:
    """A guest's comment with a link in it."""
    if question.by.reader is None and sanitising.links_in(question.html):
        return Held(gettext_noop("it contains a link"))
    return None

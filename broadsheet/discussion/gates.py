"""Gates: questions asked before a comment appears. Each answers accept, hold or refuse.

Four stand always; the first asks the publisher's rules. The option `gates` names the others, so that whatever judges
comments can stand above this app. The first gate that does not accept decides.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from broadsheet.discussion import guests, ruling
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.discussion.models import Comment, Rules, Thread
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
    gates: list[Gate] = [
        rules,
        honeypot,
        look_alike,
        pictures,
        *map(import_string, settings.OPTIONS["gates"]),
    ]
    for gate in gates:
        answer = gate(question)
        if answer is not None:
            return answer
    return None


def rules(question: Question) -> Held | Refused | None:
    """Who may comment here, and whose comments a moderator reads first, as the publisher has set it."""
    in_force = ruling.in_force(question.thread)
    if in_force.readers_only and question.by.reader is None:
        return Refused(
            _(
                "Only readers with an account comment here. "
                "Your text is kept below, so that you can copy it and sign in."
            )
        )
    if in_force.hold == Rules.Hold.EVERYTHING:
        return Held(gettext_noop("every comment is read here before it appears"))
    if in_force.hold == Rules.Hold.FIRST and _is_first(question, in_force.first_comments):
        return Held(gettext_noop("first comments are read before they appear"))
    return None


def _is_first(question: Question, enough: int) -> bool:
    """Whether its author has fewer published comments. Anybody can type an address: a guest is known by it from
    the network of before alone, and without one is new."""
    published = Comment.objects.filter(state=Comment.State.PUBLISHED)
    if question.by.reader is not None:
        theirs = published.filter(reader=question.by.reader)
    elif question.draft.email:
        theirs = published.filter(
            guest__address_digest=guests.digest_of(question.draft.email), network=question.by.network
        )
    else:
        return True
    return len(theirs.values_list("pk", flat=True)[:enough]) < enough


def honeypot(question: Question) -> Held | None:
    """The field that people do not see was filled in."""
    return Held(gettext_noop("a field that people do not see was filled in")) if question.draft.trap else None


def look_alike(question: Question) -> Held | None:
    """A guest's name contains that of somebody who writes here."""
    if question.by.reader is None and question.by.has_staff_name_within(question.draft.name):
        return Held(gettext_noop("its name resembles that of somebody who writes here"))
    return None


def pictures(question: Question) -> Held | None:
    """A comment with a picture: the option `hold_pictures` says whose. What a picture shows, no rule can tell."""
    whose = settings.OPTIONS["hold_pictures"]
    trusted = whose == "nobody" or (whose == "guests" and question.by.reader is not None)
    return Held(gettext_noop("it comes with a picture")) if question.draft.pictures and not trusted else None


def links(question: Question) -> Held | None:
    """A guest's comment with a link in it."""
    if question.by.reader is None and sanitising.links_in(question.html):
        return Held(gettext_noop("it contains a link"))
    return None

"""What readers are told of a discussion's rules before they write: whole sentences, beside the form or in its place."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.models import Article
from broadsheet.discussion import closing
from broadsheet.discussion.closing import Closed
from broadsheet.discussion.models import Rules
from broadsheet.discussion.ruling import InForce
from broadsheet.masthead import speaking

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class Told:
    """What the discussion's templates ask for."""

    closed: Closed | None
    """Where a form would stand if it were open."""
    readers_only: bool
    sentences: list[str]


def told(article: Article, rules: InForce) -> Told:
    closed = closing.closed(article, rules)
    return Told(closed, rules.readers_only, [] if closed else _sentences(article, rules))


def _sentences(article: Article, rules: InForce) -> list[str]:
    said = []
    if rules.readers_only:
        said.append(_("Readers with an account may comment."))
    if rules.hold == Rules.Hold.EVERYTHING:
        said.append(_("Everything is read by a moderator before it appears."))
    elif rules.hold == Rules.Hold.FIRST:
        said.append(_("First comments are read by a moderator before they appear."))
    if rules.slow_seconds:
        said.append(_slow(rules.slow_seconds))
    if ends := closing.closes_at(article, rules):
        on = speaking.day(timezone.localdate(ends))
        said.append(_("Comments close on %(day)s.") % {"day": on})
    return said


def _slow(seconds: int) -> str:
    """By the largest unit that divides it: “one comment every 2 minutes”."""
    if seconds % HOUR == 0:
        hours = seconds // HOUR
        words = ngettext(
            "Slow mode: one comment an hour.", "Slow mode: one comment every %(n)s hours.", hours
        )
        return words % {"n": speaking.number(hours)}
    if seconds % MINUTE == 0:
        minutes = seconds // MINUTE
        words = ngettext(
            "Slow mode: one comment a minute.", "Slow mode: one comment every %(n)s minutes.", minutes
        )
        return words % {"n": speaking.number(minutes)}
    words = ngettext(
        "Slow mode: one comment a second.", "Slow mode: one comment every %(n)s seconds.", seconds
    )
    return words % {"n": speaking.number(seconds)}

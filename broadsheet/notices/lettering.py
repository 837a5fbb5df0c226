"""What letters to followers say, in the publication's language, as things stand when they leave."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.discussion.models import Comment
from broadsheet.kit import locales
from broadsheet.kit.text import excerpt
from broadsheet.mail import dressing
from broadsheet.mail.kinds import Content, Kind, NotNeeded, Pace, Waiting
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication
from broadsheet.notices import following, keys
from broadsheet.notices.models import Follow, Follower

MOST_TOLD = 20
"""Comments whose words stand in one letter; of the others it says how many."""
LONGEST_EXCERPT = 600


def _compose_confirmation(letters: Sequence[Waiting]) -> Content:
    """It repeats nothing that a stranger typed: whoever asks with somebody else's address sends them no words."""
    follower = _follower(letters)
    follows = list(following.pending_of(follower))
    comments = following.unproved_of(follower)
    if not follows and not comments:
        raise NotNeeded("Nothing waits to be confirmed.")
    with speaking.publicly():
        articles = {follow.thread.article for follow in follows} | {each.thread.article for each in comments}
        return _content(
            "confirmation",
            follower,
            subject=_("Is this your address? %(publication)s asks")
            % {"publication": Publication.current().name},
            articles=sorted(articles, key=lambda article: article.pk),
            follows=follows,
            unproved=comments,
        )


def _compose_replies(letters: Sequence[Waiting]) -> Content:
    follower = _follower(letters)
    told = {letter.facts["comment"] for letter in letters}
    found = Comment.objects.filter(pk__in=told, state=Comment.State.PUBLISHED)
    standing = following.told().filter(follower=follower)
    whole = set(standing.filter(extent=Follow.Extent.THREAD).values_list("thread_id", flat=True))
    answered = set(standing.filter(extent=Follow.Extent.REPLIES).values_list("comment_id", flat=True))
    comments = [
        comment
        for comment in found.select_related("thread__article").order_by("thread_id", "seq")
        if comment.thread_id in whole or comment.parent_id in answered
    ]
    if not comments or follower.mode == Follower.Mode.OFF:
        raise NotNeeded("It is not there any more, or is not followed any more.")
    with speaking.publicly():
        n = len(comments)
        headlines = {comment.thread.article.headline for comment in comments}
        words = {"n": speaking.number(n), "headline": headlines.pop() if len(headlines) == 1 else ""}
        if words["headline"]:
            subject = (
                ngettext("%(n)s answer under “%(headline)s”", "%(n)s answers under “%(headline)s”", n) % words
            )
        else:
            subject = (
                ngettext("%(n)s answer in your discussions", "%(n)s answers in your discussions", n) % words
            )
        return _content(
            "replies",
            follower,
            subject=subject,
            conversation=f"thread-{comments[0].thread_id}" if words["headline"] else "",
            comments=[_told(comment) for comment in comments[:MOST_TOLD]],
            more=max(0, n - MOST_TOLD),
        )


def _follower(letters: Sequence[Waiting]) -> Follower:
    follower = Follower.objects.filter(pk=letters[0].facts["follower"]).first()
    if follower is None:
        raise NotNeeded("The address is forgotten.")
    return follower


def _told(comment: Comment) -> dict[str, Any]:
    return {
        "author": comment.author_name,
        "words": excerpt(comment.html, LONGEST_EXCERPT),
        "headline": comment.thread.article.headline,
        "url": f"{settings.URL}{comment.thread.article.path}c/{comment.seq}/",
    }


def _content(
    name: str, follower: Follower, *, subject: str, conversation: str = "", **context: Any
) -> Content:
    publication = Publication.current().name
    page = keys.url_of(follower)
    context |= {
        "name": publication,
        "subject": subject,
        "page": page,
        "site_url": settings.URL,
        "language": speaking.publication_language(),
        "direction": locales.direction(speaking.publication_language()),
    }
    text = render_to_string(f"notices/letters/{name}.txt", context)
    return Content(
        subject=subject,
        text="\n\n".join(filter(None, (part.strip() for part in text.split("\n\n")))) + "\n",
        html=dressing.render(f"notices/letters/{name}.html", context),
        sender=publication,
        leave=f"{page}leave/",
        conversation=conversation,
    )


CONFIRMATION = Kind(
    "confirmation",
    compose=_compose_confirmation,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(days=1)), Pace(3, timedelta(days=30))),
    brake="limit_mail_confirmations",
    lifetime=timedelta(days=3),
    title="Is this your address?",
)
REPLIES = Kind(
    "replies",
    compose=_compose_replies,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(hours=1)),),
    cap_by_bundle=True,
    window=timedelta(seconds=5),
    title="Answers",
)
DAILY = Kind(
    "replies-daily",
    compose=_compose_replies,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(hours=20)),),
    title="Answers of a day",
)

"""From a comment or an article to letters for those who follow.

The consumer only notes it; the worker writes the letters, some hundreds in one transaction, so that a thread with
thousands of followers keeps nobody from posting.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.discussion import guests
from broadsheet.discussion.models import Comment
from broadsheet.events.models import Event
from broadsheet.mail import carrying, writing
from broadsheet.mail.models import Letter
from broadsheet.notices import audience, following, lettering, mentions, noticing, preferring, timing
from broadsheet.notices.models import Follow, Follower, Mode, Notice, Telling
from broadsheet.readers.models import Reader

KINDS = frozenset({"comment.published", "comment.held"})
ARTICLE_KINDS = frozenset({"article.published"})
NEWS = timedelta(days=3)
"""An article with an earlier date is no news, whenever it is published."""
AT_ONCE = 200
"""Followers whose letters are written in one transaction."""


def note(events: Sequence[Event]) -> None:
    """Who asked to be told, what is to be told, and whose comment waits for its author's word (an event consumer)."""
    facts = {event.facts["comment"]: event for event in events}
    found = Comment.objects.filter(pk__in=facts).select_related("guest", "reader").order_by("pk")
    answered = F("parent__reader")
    comments = list(found.defer("source", "html").annotate(mentions=mentions.MENTIONS, answered=answered))
    for comment in comments if carrying.is_set_up() else ():
        if facts[comment.pk].facts.get("wants_replies") and (address := following.address_of(comment)):
            _ask(comment, Follow.Kind.REPLIES, address)
        elif comment.mark == "other" and comment.guest is not None:
            for follower in Follower.objects.filter(address_digest=comment.guest.address_digest):
                _question(follower)
    _note([comment for comment in comments if facts[comment.pk].kind == "comment.published"])


def _note(shown: Sequence[Comment]) -> None:
    """Write down those of these that somebody may want to be told of."""
    threads = {comment.thread_id for comment in shown}
    readers = {comment.reader_id for comment in shown if comment.reader_id is not None}
    standing = following.told().filter(Q(thread__in=threads) | Q(reader__in=readers))
    pairs = list(standing.values_list("thread_id", "reader_id"))
    talked = {thread for thread, _ in pairs}
    heard = {reader for _, reader in pairs if reader is not None}
    tellings = [
        Telling(comment=comment)
        for comment in shown
        if comment.thread_id in talked
        or comment.reader_id in heard
        or comment.mentions  # type: ignore[attr-defined]
        or comment.answered is not None  # type: ignore[attr-defined]
    ]
    Telling.objects.bulk_create(tellings, ignore_conflicts=True)


def note_articles(events: Sequence[Event]) -> None:
    """What is published for the first time is told of; what was changed, brought back or brought along is not (an
    event consumer)."""
    new = {event.facts["article"] for event in events if event.facts.get("was") is None}
    since = timezone.now() - NEWS
    articles = Article.objects.filter(pk__in=new, live=True, translation_of=None, published_at__gte=since)
    tellings = [Telling(article=article) for article in articles]
    if tellings and following.told().filter(kind__in=audience.ARTICLE_KINDS).exists():
        Telling.objects.bulk_create(tellings, ignore_conflicts=True)


def ask_for(thing: Mapping[str, Any], *, address: str, reader: Reader | None) -> None:
    """Somebody wants to be told of a thing; a reader at once, whoever typed an address once its owner says yes."""
    with transaction.atomic():
        follow = following.ask_for(thing, address=reader.email if reader else address, reader=reader)
        if follow.confirmed_at is None:
            _question(follow.follower)


def ask_by_letter(comment: Comment, *, extent: str, address: str) -> None:
    """Somebody with a receipt wants to be told; whoever reads that mailbox is asked."""
    with transaction.atomic():
        if comment.guest is None and comment.reader is None:
            comment.guest = guests.guest_with(address)  # whoever holds the receipt is the author
            comment.save(update_fields=["guest"])
        _ask(comment, extent, following.address_of(comment))


def _ask(comment: Comment, extent: str, address: str) -> None:
    follow = following.ask(comment, extent=extent, address=address)
    if follow.confirmed_at is None:
        _question(follow.follower)


def _question(follower: Follower) -> None:
    """One letter asks about everything that waits, so one that has not left yet will do."""
    writing.write_unless_waiting(
        lettering.CONFIRMATION,
        to=settings.KEYRING.unseal(follower.address_sealed),
        facts={"follower": follower.pk},
        bundle="confirmation",
    )


def tell_due() -> int:
    """Write the next letters; whether there was something to tell."""
    things = ("comment__guest", "comment__parent__guest", "article__section")
    telling = Telling.objects.filter(ended_at=None).select_related(*things).order_by("id").first()
    if telling is None:
        return 0
    if not _is_shown(telling):
        telling.delete()  # should it ever be published again, it is told of then
        return 1
    follows = _next_follows(telling)
    letters, notices = _told(telling, follows)
    with transaction.atomic():
        mine = Telling.objects.filter(pk=telling.pk, told_to=telling.told_to, ended_at=None)
        if follows:
            taken = mine.update(told_to=follows[-1].follower_id)
        else:
            taken = mine.update(ended_at=timezone.now())
        if taken:
            writing.write_all(letters)
            noticing.write_all(notices)
    return 1


def _told(telling: Telling, follows: Sequence[Follow]) -> tuple[list[Letter], list[Notice]]:
    """What those get who follow, and at the first step the readers whom it concerns without that."""
    letters, notices = [], [] if telling.told_to else _unasked(telling)
    choices = preferring.of_many([theirs[0].follower for theirs in _by_follower(follows)])
    mails = carrying.is_set_up()
    for theirs in _by_follower(follows):
        follower, kinds = theirs[0].follower, {follow.kind for follow in theirs}
        if _is_author(theirs, telling):
            continue
        chosen = choices[follower.pk]
        mode = chosen.mail(kinds)
        if mails and mode != Mode.OFF:
            letters.append(_letter(follower, mode, telling))
        if follower.reader_id is not None and chosen.site(kinds):
            notices.append(_notice(follower.reader_id, kinds, telling))
    return letters, notices


def _unasked(telling: Telling) -> list[Notice]:
    """A reader finds replies and mentions among their notices without having followed anything."""
    comment = telling.comment
    if comment is None:
        return []
    kinds: dict[int, set[str]] = {}
    if comment.parent and comment.parent.reader_id:
        kinds.setdefault(comment.parent.reader_id, set()).add(Follow.Kind.REPLIES)
    for named in mentions.of([comment])[comment.pk]:
        if named.reader_id is not None:
            kinds.setdefault(named.reader_id, set()).add(Follow.Kind.MENTIONS)
    kinds.pop(comment.reader_id or 0, None)
    followers = {each.reader_id: each for each in Follower.objects.filter(reader__in=kinds)}
    choices = preferring.of_many(list(followers.values()))
    return [
        _notice(reader, of, telling)
        for reader, of in kinds.items()
        if reader not in followers or choices[followers[reader].pk].site(of)
    ]


def _notice(reader_id: int, kinds: Collection[str], telling: Telling) -> Notice:
    return noticing.draft(reader_id, kinds, comment=telling.comment_id, article=telling.article_id)


def _is_shown(telling: Telling) -> bool:
    return telling.comment.visible if telling.comment else bool(telling.article and telling.article.live)


def _next_follows(telling: Telling) -> list[Follow]:
    """Of the next followers, all of each."""
    if telling.comment:
        concerned = audience.of_comment(telling.comment)
    else:
        concerned = audience.of_article(cast("Article", telling.article))
    follows = following.told().filter(concerned)
    after = follows.filter(follower_id__gt=telling.told_to).order_by("follower_id")
    followers = list(after.values_list("follower_id", flat=True).distinct()[:AT_ONCE])
    mine = follows.filter(follower_id__in=followers).select_related("follower", "comment", "byline")
    return list(mine.order_by("follower_id"))


def _by_follower(follows: Sequence[Follow]) -> list[list[Follow]]:
    """However many reasons somebody has, they hear of one thing once."""
    return [list(theirs) for _, theirs in groupby(follows, key=lambda follow: follow.follower_id)]


def _is_author(follows: Sequence[Follow], telling: Telling) -> bool:
    """Whether it is surely their own. A typed address alone does not say so: it would keep its owner uninformed."""
    follower, comment = follows[0].follower, telling.comment
    if comment is None:
        own = {follow.byline.reader_id for follow in follows if follow.byline is not None}
        return follower.reader_id is not None and follower.reader_id in own
    if comment.reader_id is not None:
        return comment.reader_id == follower.reader_id
    asked_with = [follow.comment for follow in follows if follow.comment is not None]
    if comment.pk in {each.pk for each in asked_with}:
        return True
    same_guest = comment.guest is not None and comment.guest.address_digest == follower.address_digest
    return same_guest and comment.network in {each.network for each in asked_with}


def _letter(follower: Follower, mode: Mode, telling: Telling) -> Letter:
    if telling.comment:
        what = {"comment": telling.comment_id}
        kind, bundle = lettering.REPLIES, f"thread {telling.comment.thread_id}"
    else:
        what = {"article": telling.article_id}
        kind, bundle = lettering.ARTICLES, "articles"
    due_at = timing.due_at(follower, mode, timezone.now())
    if due_at is not None:
        kind, bundle = _DIGESTS[mode]
    return writing.draft(
        kind,
        to=settings.KEYRING.unseal(follower.address_sealed),
        facts={"follower": follower.pk, **what},
        bundle=bundle,
        due_at=due_at,
    )


_DIGESTS = {
    Mode.AT_ONCE: (lettering.HOURLY, "hour"),  # what came in their quiet hours comes together
    Mode.HOURLY: (lettering.HOURLY, "hour"),
    Mode.DAILY: (lettering.DAILY, "day"),
    Mode.WEEKLY: (lettering.WEEKLY, "week"),
}

"""What letters to followers say, in the publication's language, as things stand when they leave."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.kit import locales
from broadsheet.kit.text import excerpt
from broadsheet.mail import dressing
from broadsheet.mail.kinds import Content, Kind, NotNeeded, NotYet, Pace, Waiting
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Publication
from broadsheet.notices import audience, following, keys, timing, wording
from broadsheet.notices.models import Follower

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
        return _content(
            "confirmation",
            follower,
            subject=_("Is this your address? %(publication)s asks")
            % {"publication": Publication.current().name},
            things=list(dict.fromkeys(map(wording.line, follows))) if follows else _headlines(comments),
            follows=follows,
            unproved=comments,
        )


def _headlines(comments: Sequence[Comment]) -> list[str]:
    return list(dict.fromkeys(comment.thread.article.headline for comment in comments))


def _compose_news(letters: Sequence[Waiting]) -> Content:
    """Everything of a bundle that is still there and still followed: comments, articles, or both."""
    follower, now = _follower(letters), timezone.now()
    if (awake := timing.after_quiet(follower, now)) > now:
        raise NotYet(awake)  # a cap, or a server that was down, has kept it until now
    wishes = audience.Wishes(follower, following.told().filter(follower=follower))
    comments = wishes.comments(_comments(letters))
    articles = wishes.articles(_articles(letters))
    if not (comments or articles):
        raise NotNeeded("It is not there any more, or is not followed any more.")
    with speaking.publicly(follower.language):
        threads = {comment.thread_id for comment in comments}
        alone = len(threads) == 1 and not articles
        return _content(
            "replies",
            follower,
            subject=_subject(comments, articles),
            conversation=f"thread-{comments[0].thread_id}" if alone else "",
            articles=[_article_told(article) for article in articles[:MOST_TOLD]],
            comments=[_told(comment) for comment in comments[:MOST_TOLD]],
            more=max(0, len(comments) - MOST_TOLD) + max(0, len(articles) - MOST_TOLD),
        )


def _comments(letters: Sequence[Waiting]) -> list[Comment]:
    told = {letter.facts["comment"] for letter in letters if "comment" in letter.facts}
    found = Comment.objects.filter(pk__in=told, state=Comment.State.PUBLISHED)
    return list(found.select_related("thread__article", "parent__guest").order_by("thread_id", "seq"))


def _articles(letters: Sequence[Waiting]) -> list[Article]:
    told = {letter.facts["article"] for letter in letters if "article" in letter.facts}
    found = Article.objects.filter(pk__in=told, live=True).select_related("section__parent")
    return list(found.prefetch_related("bylines", "tags").order_by("published_at", "pk"))


def _subject(comments: Sequence[Comment], articles: Sequence[Article]) -> str:
    if not comments:
        n = len(articles)
        words = {"n": speaking.number(n), "publication": Publication.current().name}
        if n == 1:
            return articles[0].headline
        return (
            ngettext("%(n)s new article in %(publication)s", "%(n)s new articles in %(publication)s", n)
            % words
        )
    n = len(comments)
    headlines = {comment.thread.article.headline for comment in comments}
    words = {"n": speaking.number(n), "headline": headlines.pop() if len(headlines) == 1 else ""}
    if words["headline"]:
        return ngettext("%(n)s answer under “%(headline)s”", "%(n)s answers under “%(headline)s”", n) % words
    return ngettext("%(n)s answer in your discussions", "%(n)s answers in your discussions", n) % words


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


def _article_told(article: Article) -> dict[str, Any]:
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "url": f"{settings.URL}{article.path}",
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
    compose=_compose_news,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(hours=1)),),
    cap_by_bundle=True,
    window=timedelta(seconds=5),
    title="Answers",
)
ARTICLES = Kind(
    "articles",
    compose=_compose_news,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(hours=1)),),
    window=timedelta(minutes=1),
    title="New articles",
)
HOURLY = Kind(
    "replies-hourly",
    compose=_compose_news,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(minutes=50)),),
    title="News of an hour",
)
DAILY = Kind(
    "replies-daily",
    compose=_compose_news,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(hours=20)),),
    lifetime=timedelta(days=8),
    title="Answers of a day",
)
WEEKLY = Kind(
    "replies-weekly",
    compose=_compose_news,
    mailing=following.MAILING,
    caps=(Pace(1, timedelta(days=5)),),
    lifetime=timedelta(days=22),
    title="News of a week",
)

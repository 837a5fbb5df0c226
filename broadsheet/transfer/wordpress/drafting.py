"""A post of the old site as an article of ours that is not saved yet, with what belongs to it."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from broadsheet.articles.models import Article, StandingPage
from broadsheet.kit.slugs import percent_decoded, slug_of
from broadsheet.kit.text import excerpt, plain
from broadsheet.transfer.wordpress import bodies, content, notes
from broadsheet.transfer.wordpress.intake import Intake, here
from broadsheet.transfer.wordpress.pictures import Pictures
from broadsheet.transfer.wordpress.records import Post

REWORKED_AFTER = timedelta(days=1)
"""A post that was changed so much later is said to be updated; before, it is a slip of the pen."""

_SLUG = "-_"


class Known(NamedTuple):
    """What an earlier import made of a post."""

    pk: int
    digest: str
    article_id: int | None
    page_id: int | None


@dataclass
class Work:
    """One post on its way: what is known of it, and what it becomes."""

    post: Post
    known: Known | None = None
    body: list[dict[str, Any]] = field(default_factory=list)
    article: Article | None = None
    page: StandingPage | None = None
    asks: bool = False
    """It asks readers about passages."""
    hidden: bool = False
    """It stays a draft, whatever the post was."""


def prepared(post: Post, known: Known | None, intake: Intake, pictures: Pictures) -> Work:
    """Everything slow, before any transaction: the body and its pictures. What is here already needs neither."""
    work = Work(post, known)
    if known is not None:
        if known.digest != digest(post):
            intake.report.changed.append(post.link or post.title)
        return work
    text = notes.placed(post.content, post.last("footnotes"))
    made = content.article_blocks(text, intake.survey.library, post.id)
    for address in bodies.addresses(made.blocks):
        pictures.take(address)
    if lead := intake.survey.library.get(post.thumbnail_id):
        pictures.take(lead.url)
    intake.report.unknown.update(made.unknown)
    work.asks = bool(made.feedback)
    if followers := sum(1 for _ in post.subscriptions):
        intake.report.skipped["follower by e-mail"] += followers
    if credit := content.credit_line(post.content):
        intake.report.credit_suggestions[post.link or post.title] = credit
    work.body = bodies.body(made.blocks, pictures.find, intake.source.url)
    return work


def article_of(work: Work, intake: Intake, pictures: Pictures) -> Article:
    """The article, but for its section and for a slug that is free."""
    post = work.post
    live, moment = is_live(post) and not work.hidden, moment_of(post)
    article = Article(
        headline=headline(post),
        standfirst=plain(post.excerpt),
        slug=slug(post),
        body=json.dumps(work.body),
        comments_open=post.comment_status == "open",
        live=live,
        has_unpublished_changes=not live,
    )
    if live and moment:
        article.published_at = article.first_published_at = article.last_published_at = moment
        article.published_on = day_of(post, moment)
        if post.modified_gmt and post.modified_gmt - moment > REWORKED_AFTER:
            article.updated_at = post.modified_gmt
    if lead := intake.survey.library.get(post.thumbnail_id):
        found = pictures.find(lead.url)
        article.lead_picture_id = found[0] if found else None
        article.lead_alt, article.lead_caption = plain(lead.alt)[:500], plain(lead.caption)[:500]
    return article


def is_live(post: Post) -> bool:
    """Only what everybody could read on the old site."""
    return post.status == "publish" and not post.password and moment_of(post) is not None


def moment_of(post: Post) -> datetime | None:
    return post.date_gmt or here(post.date) or post.published


def day_of(post: Post, moment: datetime) -> date:
    """The day in its old address: that of the old site's own clock."""
    return post.date.date() if post.date else timezone.localdate(moment)


def headline(post: Post) -> str:
    """WordPress lets posts go without a title, and shows the first words."""
    return plain(post.title)[:255] or excerpt(post.content, 60)[:255] or "Untitled"


def slug(post: Post) -> str:
    """The name in its old address where it can be one of ours; else it is made from the title."""
    name = percent_decoded(post.name)[:200]
    usable = name and all(letter.isalnum() or letter in _SLUG for letter in name)
    return name if usable else slug_of(headline(post))


def digest(post: Post) -> str:
    said = "\0".join((post.title, post.content, post.excerpt, post.status, post.name, str(post.date)))
    return hashlib.sha256(said.encode()).hexdigest()[:32]

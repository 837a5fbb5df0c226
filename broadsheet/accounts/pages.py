"""The public page and the feed of a reader who chose to have them."""

from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.accounts import picturing
from broadsheet.articles import syndication
from broadsheet.articles.site import absolute
from broadsheet.articles.syndication import Feed, Item
from broadsheet.discussion import spoilers
from broadsheet.discussion.models import Comment
from broadsheet.discussion.models.comment import score_hidden_for
from broadsheet.kit.ornaments import ornament
from broadsheet.kit.pages import NotThere, Page
from broadsheet.kit.text import excerpt
from broadsheet.readers.models import Profile, ProfilePicture

PAGE = 30


def profile(key: str, before: str = "") -> Page:
    """Who they say they are, and what they wrote, the latest first."""
    found = _shown(key)
    comments = _comments(found)
    if before:
        comments = comments.filter(pk__lt=int(before))
    page = list(comments[: PAGE + 1])
    if before and not page:
        raise NotThere(found.path)
    context: dict[str, Any] = {
        "profile": found,
        "name": found.reader.name,
        "picture": picturing.picture_of(found),
        "ornament": ornament(found.key),
        "likes": 0 if before else _likes(found),
        "comments": page[:PAGE],
        "before": f"{found.path}before/{page[PAGE - 1].pk}/" if len(page) > PAGE else "",
        "later": bool(before),
        "here": found.path,
    }
    return Page("accounts/profile.html", context)


def picture(key: str, name: str) -> Page:
    """What a reader shows of themselves. It is there as long as their page is."""
    found = ProfilePicture.objects.filter(profile=_shown(key), name=name).first()
    if found is None:
        raise NotThere(f"/readers/{key}/pictures/{name}.webp")
    return Page(content=bytes(found.content), content_type="image/webp")


def feed(key: str, format: str) -> Page:  # noqa: A002 - its word in the address
    """The newest comments of one reader."""
    found = _shown(key)
    title = _("Comments by %(name)s") % {"name": found.reader.name}
    items = [_item(comment) for comment in _comments(found)[: int(settings.OPTIONS["feed_items"])]]
    told = Feed(title=title, description=title, path=found.path, feed_path=f"{found.path}feed", items=items)
    return syndication.feed_page(told, format)


def _item(comment: Comment) -> Item:
    path = f"{comment.thread.article.path}c/{comment.seq}/"
    return Item(
        path=path,
        title=f"{comment.author_name}: {excerpt(comment.html, 80)}",
        summary=excerpt(comment.html, 280),
        html=spoilers.linked(comment.html, absolute(path)),
        published_at=comment.posted_at,
        updated_at=comment.edited_at or comment.posted_at,
        authors=(comment.author_name,),
    )


def _shown(key: str) -> Profile:
    """A profile that is off is as little there as one that never was."""
    on = Profile.objects.filter(shown_at__isnull=False, reader__is_active=True)
    found = on.select_related("reader").filter(key=key).first()
    if found is None:
        raise NotThere(f"/readers/{key}/")
    return found


def _comments(found: Profile) -> QuerySet[Comment]:
    """By key, so that none is found by counting through those before it."""
    theirs = Comment.objects.filter(
        reader=found.reader_id, state=Comment.State.PUBLISHED, thread__article__live=True
    )
    told = theirs.select_related("thread__article", "passage").defer("source", "extra")
    return told.annotate(
        parent_seq=F("parent__seq"), parent_name=F("parent__author_name"), parent_state=F("parent__state")
    ).order_by("-pk")


def _likes(found: Profile) -> int:
    """Of comments that are old enough for pages to say how many like them."""
    theirs = Comment.objects.filter(reader=found.reader_id, state=Comment.State.PUBLISHED)
    old_enough = theirs.filter(posted_at__lte=timezone.now() - score_hidden_for())
    return int(old_enough.aggregate(likes=Sum("likes"))["likes"] or 0)

"""The pictures of a comment for those who may see them: where they stand, how large they are shown, and their bytes."""

from typing import Any

from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.discussion import attaching, reading
from broadsheet.discussion.models import AttachedPicture, Comment
from broadsheet.discussion.models.attached_picture import LARGE, SMALL
from broadsheet.kit.pages import NotThere, Page

WEBP = "image/webp"
SHOWN_WIDTH, SHOWN_HEIGHT = 480, 360
"""CSS pixels into which a picture is fitted on a page, so that none is taller than what is said about it."""


def page(year: str, month: str, day: str, slug: str, seq: str, key: str, width: str) -> Page:
    """A picture of a comment that everybody may read. It goes when the comment's own page does."""
    found = article_pages.find_article(year, month, day, slug)
    comment = reading.find(reading.thread_of(found), int(seq))
    if comment is None or not comment.visible or key not in comment.picture_keys:
        raise NotThere
    return Page(content=bytes_of(comment, key, int(width)), content_type=WEBP)


def bytes_of(comment: Comment, key: str, width: int) -> bytes:
    """A file of a comment, whatever the comment's state: whoever calls this knows who asks."""
    picture = AttachedPicture.objects.filter(comment=comment, key=key).first()
    return _content(picture, width)


def bytes_of_waiting(key: str, width: int) -> bytes:
    """A file that no comment has yet; its key is known to whoever sent it alone."""
    picture = attaching.found([key]).get(key)
    return _content(picture if picture and picture.comment_id is None else None, width)


def _content(picture: AttachedPicture | None, width: int) -> bytes:
    content = attaching.content_of(picture, width) if picture else None
    if content is None:
        raise NotThere
    return content


def beneath(article: Article, seq: int) -> str:
    """What the public addresses of a comment's pictures begin with."""
    return f"{article.path}c/{seq}/pictures/"


def shown(picture: dict[str, Any], at: str) -> dict[str, Any]:
    """What a template needs to show one: addresses beneath `at`, and the size in CSS pixels."""
    width, height = picture["width"], picture["height"]
    small = f"{at}{picture['key']}-{SMALL}.webp"
    large = f"{at}{picture['key']}-{LARGE}.webp" if width > SMALL else ""
    scale = min(1, SHOWN_WIDTH / width, SHOWN_HEIGHT / height)
    return {
        "small": small,
        "large": large,
        "whole": large or small,
        "alt": picture["alt"],
        "width": max(1, round(width * scale)),
        "height": max(1, round(height * scale)),
    }


def told(comment: Comment, article: Article) -> list[dict[str, Any]]:
    """For programs: absolute addresses, and the size of what stands there."""
    at = absolute(beneath(article, comment.seq))
    return [
        {
            "url": shown(each, at)["whole"],
            "alt": each["alt"],
            "width": each["width"],
            "height": each["height"],
        }
        for each in comment.pictures or ()
    ]

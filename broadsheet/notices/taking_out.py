"""What is kept of who follows what, for the author of a comment, or a reader, to take away."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from broadsheet.discussion.models import Comment
from broadsheet.notices import noticing, preferring, wording
from broadsheet.notices.models import Follow, Follower, Notice
from broadsheet.readers.models import Reader


def of_comment(comment: Comment) -> dict[str, Any]:
    """What was asked for with this comment; whose address it is, the comment's own part says as far as it may."""
    asked = Follow.objects.filter(comment=comment).order_by("pk")
    return {
        "follows": [
            {
                "what": follow.get_kind_display(),
                "asked_at": _moment(follow.asked_at),
                "confirmed_at": _moment(follow.confirmed_at),
                "ended_at": _moment(follow.ended_at),
            }
            for follow in asked
        ]
    }


def of_reader(reader: Reader) -> dict[str, Iterator[dict[str, Any]]]:
    """What an account follows, where it wants to hear of it, and its notices, by the name of the file they stand in."""
    return {
        "follows": _follows(reader),
        "preferences": _preferences(reader),
        "notices": _notices(reader),
    }


def _follows(reader: Reader) -> Iterator[dict[str, Any]]:
    things = ("thread__article", "comment", "reader__profile", "byline", "section", "tag")
    theirs = Follow.objects.filter(follower__reader=reader).select_related(*things)
    for follow in theirs.order_by("pk").iterator():
        yield {
            "what": follow.get_kind_display(),
            "name": wording.thing(follow).name,
            "asked_at": _moment(follow.asked_at),
            "confirmed_at": _moment(follow.confirmed_at),
            "ended_at": _moment(follow.ended_at),
        }


def _preferences(reader: Reader) -> Iterator[dict[str, Any]]:
    follower = Follower.objects.filter(reader=reader).first()
    if follower is None:
        return
    yield {
        "quiet_from": follower.quiet_from,
        "quiet_until": follower.quiet_until,
        "zone": follower.zone,
        "language": follower.language,
    }
    for kind, choice in preferring.shown(follower).items():
        yield {"of": kind, "site": choice.site, "mail": choice.mail}


def _notices(reader: Reader) -> Iterator[dict[str, Any]]:
    theirs = Notice.objects.filter(noticing.SHOWN, reader=reader)
    for notice in theirs.select_related("comment__thread__article", "article").order_by("pk").iterator():
        yield {
            "of": notice.get_kind_display(),
            "where": settings.URL + noticing.path_of(notice),
            "made_at": _moment(notice.made_at),
            "read_at": _moment(notice.read_at),
        }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()

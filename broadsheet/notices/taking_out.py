"""What is kept of who follows what, for the author of a comment to take away."""

from datetime import datetime
from typing import Any

from broadsheet.discussion.models import Comment
from broadsheet.notices.models import Follow


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


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()

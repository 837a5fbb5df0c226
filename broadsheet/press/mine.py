"""The one small private answer: what the page may show to this reader alone. Never printed, never stored."""

from typing import Any

from broadsheet.discussion.models import Comment
from broadsheet.readers.models import Reader

MOST_HELD = 50


def answer(reader: Reader | None) -> dict[str, Any]:
    """My name, whether I am staff, and my comments that wait for a moderator."""
    if reader is None:
        return {"name": None, "staff": False, "held": []}
    held = Comment.objects.filter(reader=reader, state=Comment.State.HELD).select_related("thread__article")
    return {
        "name": reader.name,
        "staff": reader.is_staff,
        "held": [
            {"path": comment.thread.article.path, "seq": comment.seq, "html": comment.html}
            for comment in held.order_by("-posted_at")[:MOST_HELD]
        ],
    }

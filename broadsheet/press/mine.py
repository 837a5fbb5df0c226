"""The one small private answer: what the page may show to this reader alone. Never printed, never stored."""

from typing import Any

from broadsheet.articles.models import Article
from broadsheet.discussion import deciding, receipts
from broadsheet.discussion.models import Comment, Voice
from broadsheet.notices import noticing
from broadsheet.readers.models import Reader

MOST_HELD = 50
MOST_LIKED = 500


def answer(reader: Reader | None) -> dict[str, Any]:
    """My name, whether I am staff and may moderate, my comments that wait, what I like, and my unread notices."""
    if reader is None:
        return {"name": None, "staff": False, "moderates": False, "held": [], "liked": [], "unread": 0}
    held = Comment.objects.filter(reader=reader, state=Comment.State.HELD).select_related(
        "thread__article", "parent"
    )
    voices = Voice.objects.filter(reader=reader, value=Voice.Value.LIKE).order_by("-given_at")
    likes = voices.values_list("comment__seq", "comment__thread__article")[:MOST_LIKED]
    articles = Article.objects.only("published_on", "slug").in_bulk({article for _, article in likes})
    return {
        "name": reader.name,
        "staff": reader.is_staff,
        "moderates": reader.is_staff and reader.has_perm(deciding.PERMISSION),
        "held": [
            each for comment in held.order_by("-posted_at")[:MOST_HELD] for each in receipts.waiting(comment)
        ],
        "unread": noticing.unread_of(reader),
        "liked": [f"{articles[article].path}c/{seq}/voice/" for seq, article in likes],
    }

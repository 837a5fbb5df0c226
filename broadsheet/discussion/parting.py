"""A comment stays and its author goes: what it says is kept, who said it is not."""

from django.db import transaction

from broadsheet.discussion import showing
from broadsheet.discussion.models import Comment


def part(comment: Comment, *, name: str) -> None:
    """Take its author off a comment; `name` stands in their place."""
    with transaction.atomic():
        comment = showing.locked(comment)
        comment.revisions.all().delete()
        comment.author_name = name if comment.author_name else ""
        comment.mark = comment.network = ""
        comment.reader = comment.guest = comment.fingerprint = comment.extra = None
        comment.save(
            update_fields=["author_name", "mark", "network", "reader", "guest", "fingerprint", "extra"]
        )
        if comment.visible:
            showing.change(comment)

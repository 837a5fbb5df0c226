"""How a text would look as a comment. Nothing is saved."""

from broadsheet.discussion import allowances, mentioning, posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.models import Thread
from broadsheet.kit import markdown


def preview(thread: Thread, text: str, *, by: Commenter) -> str:
    """Sanitised HTML, made as posting makes it."""
    posting.require_allowance(allowances.spend_beside(by))
    return mentioning.linked(markdown.render(text), thread)

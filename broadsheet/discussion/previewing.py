"""How a text would look as a comment. Nothing is saved."""

from broadsheet.discussion import allowances, posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.kit import markdown


def preview(text: str, *, by: Commenter) -> str:
    """Sanitised HTML, made as posting makes it."""
    posting.require_allowance(allowances.spend_beside(by))
    return markdown.render(text)

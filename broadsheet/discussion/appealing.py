"""An author asks that a hold or a removal be looked at again: once for each, in their own words."""

from django.utils.translation import gettext as _

from broadsheet.discussion import allowances, posting, showing, writing
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.models import Appeal, Comment, Hold, Removal


def appeal(comment: Comment, *, words: str, address: str) -> Appeal:
    """Whoever asks holds the receipt, and so is the author; `address` is where they ask from."""
    posting.require_allowance(allowances.spend_beside(Commenter(address, comment.reader)))
    return writing.write(lambda: _made(comment, words))


def appealable(comment: Comment) -> Hold | Removal | None:
    """What of the comment can be appealed against now."""
    against: Hold | Removal | None = None
    if comment.state == Comment.State.HELD:
        against = comment.holds.filter(ended_at=None, appeal=None).first()
    elif comment.state == Comment.State.REMOVED:
        against = comment.removals.filter(undone_at=None, appeal=None).first()
    return against


def _made(comment: Comment, words: str) -> Appeal:
    comment = showing.locked(comment)
    against = appealable(comment)
    if isinstance(against, Hold):
        return Appeal.objects.create(comment=comment, hold=against, words=words)
    if isinstance(against, Removal):
        return Appeal.objects.create(comment=comment, removal=against, words=words)
    if same := comment.appeals.filter(words=words).last():
        return same  # sent twice
    raise posting.NotPossibleNow(
        _(
            "There is nothing to appeal against any more. What you wrote is kept below, so that you can copy it."
        )
    )

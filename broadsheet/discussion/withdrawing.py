"""An author takes a comment back, at any time and for good: what it said, and who said it, is deleted.

Where it was answered, its place stays; where it was removed before, its place goes on saying so.
"""

from django.utils import timezone

from broadsheet.discussion import attaching, showing, writing
from broadsheet.discussion.models import Comment, Guest, Hold, Withdrawal
from broadsheet.events.recording import record

_EMPTIED = (
    "source", "html", "author_name", "mark", "network", "guest", "reader", "fingerprint", "extra", "pictures",
)  # fmt: skip


def withdraw(comment: Comment) -> Comment:
    """Whoever asks holds the receipt, and so is the author. Asking twice changes nothing."""
    return writing.write(lambda: _withdrawn(comment))


def is_withdrawable(comment: Comment) -> bool:
    return comment.state not in (Comment.State.WITHDRAWN, Comment.State.PRIVATE)


def _withdrawn(comment: Comment) -> Comment:
    comment = showing.locked(comment)
    if not is_withdrawable(comment):
        return comment
    Withdrawal.objects.create(comment=comment)
    Hold.objects.filter(comment=comment, ended_at=None).update(ended_at=timezone.now())
    comment.appeals.update(words="")
    comment.revisions.all().delete()
    comment.links.all().delete()
    attaching.let_go(comment)
    if comment.reader_id is not None:
        record("reader.changed", reader=comment.reader_id)  # whose public page shows it no more
    _forget(comment)
    showing.hide(comment, Comment.State.WITHDRAWN)
    return comment


def _forget(comment: Comment) -> None:
    """Everything of it that its tombstone does not need; of its author too, where this was all they said."""
    guest = comment.guest_id
    comment.source = comment.html = comment.author_name = comment.mark = comment.network = ""
    comment.guest = comment.reader = comment.fingerprint = comment.extra = comment.pictures = None
    comment.save(update_fields=_EMPTIED)
    if guest is not None:
        Guest.objects.filter(pk=guest, comments=None).delete()

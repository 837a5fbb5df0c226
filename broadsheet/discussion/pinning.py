"""A moderator puts a comment first in its discussion, or recommends it to everybody. Each is a record, and undone."""

from django.db import transaction

from broadsheet.discussion import deciding, showing
from broadsheet.discussion.models import Comment, Pick, Pin
from broadsheet.events.recording import record
from broadsheet.readers.models import Reader

MOST_PINS = 5
"""In one discussion: where everything stands first, nothing does."""


def pin(comment: Comment, *, by: Reader) -> Comment:
    """Let a conversation stand first in its discussion."""
    with transaction.atomic():
        comment = _shown(comment, by)
        if comment.depth:
            raise deciding.NotPossible("Only the first comment of a conversation can be pinned.")
        if Pin.objects.filter(comment=comment).exists():
            raise deciding.NotPossible(f"Comment {comment.seq} is pinned already.")
        if Pin.objects.filter(thread=comment.thread_id).count() >= MOST_PINS:
            raise deciding.NotPossible(
                f"{MOST_PINS} comments are pinned in this discussion. Unpin one first."
            )
        Pin.objects.create(comment=comment, thread=comment.thread, pinned_by=by)
        _tell(comment, "pin", by)
    return comment


def unpin(comment: Comment, *, by: Reader) -> Comment:
    with transaction.atomic():
        comment = deciding.locked(comment, by)
        if not Pin.objects.filter(comment=comment).delete()[0]:
            raise deciding.NotPossible(f"Comment {comment.seq} is not pinned.")
        _tell(comment, "unpin", by)
    return comment


def pick(comment: Comment, *, by: Reader) -> Comment:
    """Recommend a comment: it is marked, and stands on the page of the editors' picks."""
    with transaction.atomic():
        comment = _shown(comment, by)
        if Pick.objects.filter(comment=comment).exists():
            raise deciding.NotPossible(f"Comment {comment.seq} is picked already.")
        Pick.objects.create(comment=comment, thread=comment.thread, picked_by=by)
        _tell(comment, "pick", by)
    return comment


def unpick(comment: Comment, *, by: Reader) -> Comment:
    with transaction.atomic():
        comment = deciding.locked(comment, by)
        if not Pick.objects.filter(comment=comment).delete()[0]:
            raise deciding.NotPossible(f"Comment {comment.seq} is not picked.")
        _tell(comment, "unpick", by)
    return comment


def _shown(comment: Comment, by: Reader) -> Comment:
    comment = deciding.locked(comment, by)
    if not comment.visible:
        raise deciding.NotPossible(
            f"Comment {comment.seq} cannot be seen by readers: it is {comment.get_state_display()}."
        )
    return comment


def _tell(comment: Comment, deed: str, by: Reader) -> None:
    """Its mark is a visible change, so it takes the thread's next `rev`; what cannot be seen changes for nobody."""
    if comment.visible:
        showing.take_rev(comment)
    deciding.record_decision(comment, deed, by)
    record("comment.distinguished", thread=comment.thread_id, comment=comment.pk)

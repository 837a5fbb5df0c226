"""A moderator decides about a comment: approve, hold, remove, restore, uphold. Every decision is a record.

It stands in the newsroom's history, which names the comment by its number: what was said may have to be forgotten.

What a moderator decides about a comment whose author appealed is the answer to the appeal.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from broadsheet.discussion import showing
from broadsheet.discussion.models import Appeal, Comment, Hold, Removal
from broadsheet.readers.models import Reader

PERMISSION = "discussion.change_comment"


class NotPossible(ValueError):
    """The comment is not in a state in which this can be decided."""


def approve(comment: Comment, *, by: Reader, edits: int | None = None) -> Comment:
    """Publish a held comment. `edits` says which text was read: how often its author had changed it by then."""
    with transaction.atomic():
        comment = locked(comment, by)
        if comment.state != Comment.State.HELD:
            raise NotPossible(f"Comment {comment.seq} is not waiting: it is {comment.get_state_display()}.")
        if edits is not None and edits != comment.revisions.count():
            raise NotPossible("Its author has changed the comment since you read it. Read it once more.")
        _end_hold(comment, by)
        showing.publish(comment)
        _answer(comment, Appeal.Answer.RESTORED, by)
        record_decision(comment, "approve", by)
    return comment


def hold(comment: Comment, *, by: Reader, reason: str) -> Comment:
    """Take a published comment out of sight until somebody decides."""
    with transaction.atomic():
        comment = locked(comment, by)
        if comment.state != Comment.State.PUBLISHED:
            raise NotPossible(f"Comment {comment.seq} is not published: it is {comment.get_state_display()}.")
        Hold.objects.create(comment=comment, reason=reason, held_by=by)
        showing.hide(comment, Comment.State.HELD)
        record_decision(comment, "hold", by, reason)
    return comment


def remove(comment: Comment, *, by: Reader, reason: str = "") -> Comment:
    """Take a comment away, published or held; `reason` is shown in its place where it has answers."""
    with transaction.atomic():
        comment = locked(comment, by)
        if comment.state not in (Comment.State.PUBLISHED, Comment.State.HELD):
            raise NotPossible(
                f"Comment {comment.seq} cannot be removed: it is {comment.get_state_display()}."
            )
        _answer(comment, Appeal.Answer.UPHELD, by, reason)
        Removal.objects.create(comment=comment, removed_by=by, reason=reason)
        _end_hold(comment, by)
        showing.hide(comment, Comment.State.REMOVED)
        record_decision(comment, "remove", by, reason)
    return comment


def restore(comment: Comment, *, by: Reader) -> Comment:
    """Undo a removal: the comment is published again."""
    with transaction.atomic():
        comment = locked(comment, by)
        if comment.state != Comment.State.REMOVED:
            raise NotPossible(f"Comment {comment.seq} was not removed: it is {comment.get_state_display()}.")
        Removal.objects.filter(comment=comment, undone_at=None).update(undone_at=timezone.now(), undone_by=by)
        showing.publish(comment)
        _answer(comment, Appeal.Answer.RESTORED, by)
        record_decision(comment, "restore", by)
    return comment


def uphold(comment: Comment, *, by: Reader, note: str = "") -> Comment:
    """Leave a removal as it is though its author appealed; `note` is for the author."""
    with transaction.atomic():
        comment = locked(comment, by)
        if comment.state != Comment.State.REMOVED or not _answer(comment, Appeal.Answer.UPHELD, by, note):
            raise NotPossible(f"Nobody waits for an answer about comment {comment.seq}.")
        record_decision(comment, "uphold", by, note)
    return comment


def _answer(comment: Comment, answer: Appeal.Answer, by: Reader, note: str = "") -> bool:
    """Answer the open appeal, if there is one. Nobody turns down an appeal against their own decision alone."""
    appeal = comment.appeals.filter(answered_at=None).select_related("hold", "removal").first()
    if appeal is None:
        return False
    decided_by = appeal.hold.held_by_id if appeal.hold else appeal.removal and appeal.removal.removed_by_id
    if answer == Appeal.Answer.UPHELD and decided_by == by.pk and _others_than(by):
        raise NotPossible("You decided this yourself: another moderator answers the appeal, or you give in.")
    appeal.answer, appeal.note = answer, note
    appeal.answered_by, appeal.answered_at = by, timezone.now()
    appeal.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    return True


def _others_than(moderator: Reader) -> bool:
    return Reader.objects.with_perm(PERMISSION).exclude(pk=moderator.pk).exists()


def _end_hold(comment: Comment, by: Reader) -> None:
    Hold.objects.filter(comment=comment, ended_at=None).update(ended_at=timezone.now(), ended_by=by)


def record_decision(comment: Comment, decision: str, by: Reader, reason: str = "") -> None:
    """Write a decision into the newsroom's history."""
    title = f"Comment {comment.seq} on “{comment.thread.article}”"
    log(comment, f"broadsheet.{decision}", user=by, title=title, data={"reason": reason})


def locked(comment: Comment, by: Reader) -> Comment:
    """The comment as it is now, locked until the decision is committed."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied("Only a moderator can decide about comments.")
    return showing.locked(comment)

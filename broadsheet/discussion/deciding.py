"""A moderator decides about a comment: approve, hold, remove, restore. Every decision is a record, and stands in the
newsroom's history, which names the comment by its number: what was said may have to be forgotten.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from broadsheet.discussion.models import Comment, Hold, Removal, Thread
from broadsheet.discussion.posting import show
from broadsheet.events.recording import record
from broadsheet.readers.models import Reader

PERMISSION = "discussion.change_comment"


class NotPossible(ValueError):
    """The comment is not in a state in which this can be decided."""


def approve(comment: Comment, *, by: Reader) -> Comment:
    """Publish a held comment."""
    with transaction.atomic():
        comment = _locked(comment, by)
        if comment.state != Comment.State.HELD:
            raise NotPossible(f"Comment {comment.seq} is not waiting: it is {comment.get_state_display()}.")
        Hold.objects.filter(comment=comment, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
        _publish(comment)
        _log(comment, "approve", by)
    return comment


def hold(comment: Comment, *, by: Reader, reason: str) -> Comment:
    """Take a published comment out of sight until somebody decides."""
    with transaction.atomic():
        comment = _locked(comment, by)
        if comment.state != Comment.State.PUBLISHED:
            raise NotPossible(f"Comment {comment.seq} is not published: it is {comment.get_state_display()}.")
        Hold.objects.create(comment=comment, reason=reason, held_by=by)
        _hide(comment, Comment.State.HELD)
        _log(comment, "hold", by, reason)
    return comment


def remove(comment: Comment, *, by: Reader, reason: str = "") -> Comment:
    """Take a comment away, published or held; `reason` is shown in its place where it has answers."""
    with transaction.atomic():
        comment = _locked(comment, by)
        if comment.state not in (Comment.State.PUBLISHED, Comment.State.HELD):
            raise NotPossible(
                f"Comment {comment.seq} cannot be removed: it is {comment.get_state_display()}."
            )
        Removal.objects.create(comment=comment, removed_by=by, reason=reason)
        Hold.objects.filter(comment=comment, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
        _hide(comment, Comment.State.REMOVED)
        _log(comment, "remove", by, reason)
    return comment


def restore(comment: Comment, *, by: Reader) -> Comment:
    """Undo a removal: the comment is published again."""
    with transaction.atomic():
        comment = _locked(comment, by)
        if comment.state != Comment.State.REMOVED:
            raise NotPossible(f"Comment {comment.seq} was not removed: it is {comment.get_state_display()}.")
        Removal.objects.filter(comment=comment, undone_at=None).update(undone_at=timezone.now(), undone_by=by)
        _publish(comment)
        _log(comment, "restore", by)
    return comment


def _log(comment: Comment, decision: str, by: Reader, reason: str = "") -> None:
    title = f"Comment {comment.seq} on “{comment.thread.article}”"
    log(comment, f"broadsheet.{decision}", user=by, title=title, data={"reason": reason})


def _locked(comment: Comment, by: Reader) -> Comment:
    """The comment as it is now, locked until the decision is committed."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied("Only a moderator can decide about comments.")
    # The thread first, as whoever posts does: two that lock in different orders wait for each other.
    Thread.objects.select_for_update().get(pk=comment.thread_id)
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("thread__article", "parent")
        .get(pk=comment.pk)
    )


def _publish(comment: Comment) -> None:
    comment.state = Comment.State.PUBLISHED
    if comment.sib is None:
        comment.rev, comment.sib = show(comment)
    else:
        comment.rev = comment.thread.change(count=+1)
    comment.save(update_fields=["state", "rev", "sib"])
    record("comment.published", thread=comment.thread_id, comment=comment.pk)


def _hide(comment: Comment, state: Comment.State) -> None:
    was_visible = comment.visible
    comment.state = state
    if comment.rev is not None:  # whoever was shown it, now or before, hears of it
        comment.rev = comment.thread.change(count=-1 if was_visible else 0)
    comment.save(update_fields=["state", "rev"])
    record("comment.hidden", thread=comment.thread_id, comment=comment.pk, was_visible=was_visible)

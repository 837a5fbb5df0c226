"""Bring a comment into sight, and out of it: its thread's counters, its `rev`, and the fact for whoever consumes it.

Every function here is called inside the transaction of a deed.
"""

from broadsheet.discussion.models import Comment, Thread
from broadsheet.events.recording import record


def locked(comment: Comment) -> Comment:
    """The comment as it is now, locked until commit."""
    # The thread first, as whoever posts does: two that lock in different orders wait for each other.
    Thread.locked(comment.thread_id)
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("thread__article", "parent", "reader")
        .get(pk=comment.pk)
    )


def show(comment: Comment) -> tuple[int, int]:
    """Count the comment as visible for the first time: its `rev` and its `sib`."""
    if comment.parent is None:
        return comment.thread.show_root()
    return comment.thread.show_reply(), comment.parent.take_sib()


def publish(comment: Comment) -> None:
    comment.state = Comment.State.PUBLISHED
    if comment.sib is None:
        comment.rev, comment.sib = show(comment)
    else:
        comment.rev = comment.thread.change(count=+1)
    comment.save(update_fields=["state", "rev", "sib"])
    record("comment.published", thread=comment.thread_id, comment=comment.pk)


def hide(comment: Comment, state: Comment.State) -> None:
    was_visible = comment.visible
    comment.state = state
    if comment.rev is not None:  # whoever was shown it, now or before, hears of it
        comment.rev = comment.thread.change(count=-1 if was_visible else 0)
    comment.save(update_fields=["state", "rev"])
    record("comment.hidden", thread=comment.thread_id, comment=comment.pk, was_visible=was_visible)


def change(comment: Comment) -> None:
    """A visible comment says something else now; its text is saved already."""
    take_rev(comment)
    record("comment.edited", thread=comment.thread_id, comment=comment.pk)


def take_rev(comment: Comment) -> None:
    """Something of a visible comment is another now."""
    comment.rev = comment.thread.change()
    comment.save(update_fields=["rev"])

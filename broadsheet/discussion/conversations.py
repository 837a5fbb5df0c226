"""A moderator closes one conversation (a root and all beneath), which then takes no more replies, and opens it again.

The rest of the discussion goes on. Both are records, and visible changes of the root.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from broadsheet.discussion import deciding, showing
from broadsheet.discussion.models import Closure, Comment
from broadsheet.events.recording import record
from broadsheet.readers.models import Reader

LATEST = 20
"""So many of a conversation's closures are shown, the latest first."""


@dataclass(frozen=True)
class Conversation:
    """What the newsroom shows of the conversation that a comment stands in."""

    root: Comment
    closures: list[Closure]

    @property
    def closure(self) -> Closure | None:
        """The one that holds."""
        return next((closure for closure in self.closures if closure.reopened_at is None), None)

    @property
    def was_seen(self) -> bool:
        return self.root.rev is not None


def close(comment: Comment, *, by: Reader, reason: str = "") -> Comment:
    """Take no more replies to a root, nor to anything beneath it, from now on; readers are shown the reason."""
    with transaction.atomic():
        root = _locked_root(comment, by)
        if closure_of(root) is not None:
            raise deciding.NotPossible("This conversation is closed already.")
        now = timezone.now()
        Closure.objects.create(root=root, thread=root.thread, closed_by=by, closed_at=now, reason=reason)
        _tell(root, "close_conversation", by, reason)
    return root


def reopen(comment: Comment, *, by: Reader) -> Comment:
    with transaction.atomic():
        root = _locked_root(comment, by)
        closure = closure_of(root)
        if closure is None:
            raise deciding.NotPossible("This conversation is open.")
        closure.reopened_by, closure.reopened_at = by, timezone.now()
        closure.save(update_fields=["reopened_by", "reopened_at"])
        _tell(root, "reopen_conversation", by)
    return root


def closure_of(comment: Comment) -> Closure | None:
    """The record that the conversation a comment belongs to takes no more replies."""
    standing = Closure.objects.filter(thread=comment.thread_id, reopened_at=None)
    return standing.filter(root__seq=comment.path_seqs[0]).first()


def closures_of(roots: Collection[int]) -> dict[int, Closure]:
    """The records that hold for these roots, by their keys."""
    standing = Closure.objects.filter(root__in=roots, reopened_at=None) if roots else ()
    return {closure.root_id: closure for closure in standing if closure.root_id is not None}


def around(comment: Comment) -> Conversation:
    """The conversation that a comment stands in, with the record of its closures."""
    root = comment
    if comment.depth:
        root = Comment.objects.get(thread=comment.thread_id, seq=comment.path_seqs[0])
    closures = Closure.objects.filter(root=root).select_related("closed_by", "reopened_by")
    return Conversation(root, list(closures.order_by("-pk")[:LATEST]))


def _locked_root(comment: Comment, by: Reader) -> Comment:
    root = deciding.locked(comment, by)
    if root.depth:
        raise deciding.NotPossible("A conversation is closed and opened at its first comment.")
    if root.rev is None:
        raise deciding.NotPossible("Nobody has seen this comment yet: there is nothing to close or open.")
    return root


def _tell(root: Comment, deed: str, by: Reader, reason: str = "") -> None:
    showing.take_rev(root)
    deciding.record_decision(root, deed, by, reason)
    record("conversation.ruled", thread=root.thread_id, comment=root.pk)

"""An author changes a comment: for some minutes, and until somebody answers it. What stood before is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.discussion import (
    closing,
    conversations,
    guests,
    mentioning,
    posting,
    ruling,
    showing,
    writing,
)
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Attached, Draft
from broadsheet.discussion.models import Comment, CommentRevision, Hold
from broadsheet.kit import markdown

MOST_CHANGES = 20
"""Changes of one comment. Each keeps what stood before, and moderators read it."""


def edit_comment(
    comment: Comment, *, text: str, address: str, pictures: Sequence[Attached] | None = None
) -> Comment:
    """Put `text` in the place of what the comment says; held again where a gate distrusts it.

    Whoever asks holds the receipt, and so is the author; `address` is where they ask from. `pictures` are all that it
    shall show, or None where they stay as they are; a gate is asked about the new ones.
    """
    posting.require_open(comment.thread, comment)
    _require_editable(comment)
    if text == comment.source and _shown(comment, pictures) == comment.pictures:
        return comment
    posting.require_free(pictures or ())
    new = tuple(each for each in pictures or () if each.key not in comment.picture_keys)
    keys = [each.key for each in new]
    by = Commenter(address, comment.reader)
    html = markdown.render(text)
    parent = comment.parent.seq if comment.parent else None
    draft = Draft(text, comment.author_name, guests.address_of(comment.guest), parent, pictures=new)
    held = posting.judge(comment.thread, draft, html, by)
    html = mentioning.linked(html, comment.thread)
    return writing.write(lambda: _edited(comment, text, html, held, pictures, keys))


def is_editable(comment: Comment) -> bool:
    if not _minutes() or (comment.last_sib and not settings.OPTIONS["edit_comments_answered"]):
        return False
    if _all_changes_made(comment) or _is_closed(comment):
        return False
    if comment.state == Comment.State.HELD:
        return True
    return comment.visible and timezone.now() < editable_until(comment)


def editable_until(comment: Comment) -> datetime:
    """When time is up for a published comment; one that waits may be changed until somebody has decided."""
    return comment.posted_at + timedelta(minutes=_minutes())


def _minutes() -> int:
    return int(settings.OPTIONS["edit_comments_minutes"])


def _all_changes_made(comment: Comment) -> bool:
    return comment.revisions.count() >= MOST_CHANGES


def _is_closed(comment: Comment) -> bool:
    """Whether the discussion, or its conversation, takes nothing new: what is said there stays as it is."""
    thread = comment.thread
    in_time = closing.closed(thread.article, ruling.in_force(thread)) is None
    return not in_time or conversations.closure_of(comment) is not None


def _require_editable(comment: Comment) -> None:
    if _all_changes_made(comment):
        raise posting.NotPossibleNow(
            _(
                "Your comment has been changed as often as a comment may be. "
                "What you wrote is kept below, so that you can copy it."
            )
        )
    if not is_editable(comment):
        raise posting.NotPossibleNow(
            _(
                "Your comment cannot be changed any more. What you wrote is kept below, so that you can copy it."
            )
        )


def _shown(comment: Comment, pictures: Sequence[Attached] | None) -> list[dict[str, Any]] | None:
    """What the comment shall show; asked of the row as it is by now where its pictures stay as they are."""
    return comment.pictures if pictures is None else [each.as_shown() for each in pictures] or None


def _edited(
    comment: Comment,
    text: str,
    html: str,
    held: str,
    pictures: Sequence[Attached] | None,
    new: Sequence[str],
) -> Comment:
    """The comment with its new text, and the keys of `new` pictures; call it inside the transaction."""
    comment = showing.locked(comment)
    shown = _shown(comment, pictures)
    if text == comment.source and shown == comment.pictures:
        return comment  # sent twice
    _require_editable(comment)  # a moderator, an answer or another change may have come first
    now = timezone.now()
    CommentRevision.objects.create(
        comment=comment,
        source=comment.source,
        html=comment.html,
        pictures=comment.pictures,
        written_at=comment.edited_at or comment.posted_at,
        replaced_at=now,
    )
    posting.attach(comment, new)
    comment.pictures = shown
    comment.source, comment.html, comment.render_version = text, html, markdown.RENDER_VERSION
    comment.edited_at = now
    comment.save(update_fields=["source", "html", "render_version", "pictures", "edited_at"])
    if comment.visible and held:
        Hold.objects.create(comment=comment, reason=held)
        showing.hide(comment, Comment.State.HELD)
    elif comment.visible:
        showing.change(comment)
    return comment

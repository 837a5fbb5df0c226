"""An author changes a comment: for some minutes, and until somebody answers it. What stood before is kept."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.discussion import closing, guests, mentioning, posting, ruling, showing, writing
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.discussion.models import Comment, CommentRevision, Hold
from broadsheet.kit import markdown

MOST_CHANGES = 20
"""Changes of one comment. Each keeps what stood before, and moderators read it."""


def edit_comment(comment: Comment, *, text: str, address: str) -> Comment:
    """Put `text` in the place of what the comment says; held again where a gate distrusts it.

    Whoever asks holds the receipt, and so is the author; `address` is where they ask from.
    """
    posting.require_open(comment.thread, comment)
    _require_editable(comment)
    if text == comment.source:
        return comment
    by = Commenter(address, comment.reader)
    html = markdown.render(text)
    parent = comment.parent.seq if comment.parent else None
    draft = Draft(text, comment.author_name, guests.address_of(comment.guest), parent)
    held = posting.judge(comment.thread, draft, html, by)
    html = mentioning.linked(html, comment.thread)
    return writing.write(lambda: _edited(comment, text, html, held))


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
    return not in_time or closing.is_conversation_closed(comment)


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


def _edited(comment: Comment, text: str, html: str, held: str) -> Comment:
    """The comment with its new text; call it inside the transaction."""
    comment = showing.locked(comment)
    if text == comment.source:
        return comment  # sent twice
    _require_editable(comment)  # a moderator, an answer or another change may have come first
    now = timezone.now()
    CommentRevision.objects.create(
        comment=comment,
        source=comment.source,
        html=comment.html,
        written_at=comment.edited_at or comment.posted_at,
        replaced_at=now,
    )
    comment.source, comment.html, comment.render_version = text, html, markdown.RENDER_VERSION
    comment.edited_at = now
    comment.save(update_fields=["source", "html", "render_version", "edited_at"])
    if comment.visible and held:
        Hold.objects.create(comment=comment, reason=held)
        showing.hide(comment, Comment.State.HELD)
    elif comment.visible:
        showing.change(comment)
    return comment

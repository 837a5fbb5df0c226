"""Everything that is kept about one comment, for its author to take away; nothing of anybody else."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from broadsheet.discussion import pictured, receipts
from broadsheet.discussion.models import Comment, Withdrawal

MODERATOR, GATE = "a moderator", "a rule"


def everything_about(comment: Comment) -> dict[str, Any]:
    """What the tables hold, in plain words; moments in UTC."""
    article = comment.thread.article
    withdrawal = Withdrawal.objects.filter(comment=comment).first()
    kept: dict[str, Any] = {
        "article": {"headline": article.headline, "address": settings.URL + article.path},
        "address": f"{settings.URL}{article.path}c/{comment.seq}/",
        "seq": comment.seq,
        "answers": None if comment.parent is None else comment.parent.seq,
        "state": comment.get_state_display(),
        "name": comment.author_name,
        "mark": comment.mark or None,
        "account": comment.reader_id is not None,
        "email": _hinted(comment),
        "text": comment.source,
        "html": comment.html,
        "pictures": _pictures(comment, comment.pictures),
        "posted_at": _moment(comment.posted_at),
        "edited_at": _moment(comment.edited_at),
        "withdrawn_at": _moment(withdrawal.withdrawn_at if withdrawal else None),
        "passage": comment.passage.words if comment.passage else None,
        "likes": comment.likes,
        "dislikes": comment.dislikes,
        "replies": comment.reply_count,
        "network_digest": comment.network,
        "repeat_digest": comment.fingerprint,
        "anchor": comment.anchor,
        "imported": comment.extra,
        "revisions": [
            {
                "text": revision.source,
                "html": revision.html,
                "pictures": _pictures(comment, revision.pictures),
                "written_at": _moment(revision.written_at),
                "replaced_at": _moment(revision.replaced_at),
            }
            for revision in comment.revisions.order_by("pk")
        ],
        "decisions": _decisions(comment),
        "appeals": [
            {
                "words": appeal.words,
                "made_at": _moment(appeal.made_at),
                "answer": appeal.answer or None,
                "note": appeal.note,
                "answered_at": _moment(appeal.answered_at),
            }
            for appeal in comment.appeals.order_by("pk")
        ],
    }
    for kept_above in map(import_string, settings.KEPT_WITH_COMMENTS):
        kept |= kept_above(comment)
    return kept


def _pictures(comment: Comment, shown: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """With the address at which whoever holds the receipt gets the file."""
    at = f"{settings.URL}{receipts.pictures_of(comment)}"
    return [
        {
            "alt": each["alt"],
            "width": each["width"],
            "height": each["height"],
            "file": pictured.shown(each, at)["whole"],
        }
        for each in shown or ()
    ]


def _decisions(comment: Comment) -> list[dict[str, Any]]:
    """Holds and removals, in the order they were made."""
    holds = [
        {
            "decision": "held",
            "by": MODERATOR if hold.held_by_id else GATE,
            "reason": hold.reason,
            "at": _moment(hold.held_at),
            "ended_at": _moment(hold.ended_at),
        }
        for hold in comment.holds.all()
    ]
    removals = [
        {
            "decision": "removed",
            "by": MODERATOR,
            "reason": removal.reason,
            "at": _moment(removal.removed_at),
            "ended_at": _moment(removal.undone_at),
        }
        for removal in comment.removals.all()
    ]
    return sorted(holds + removals, key=lambda decision: str(decision["at"]))


def _hinted(comment: Comment) -> str | None:
    """Enough of the address to know which it is: the receipt may lie open in a browser that several people use."""
    if comment.guest is None:
        return None
    local, _, host = settings.KEYRING.unseal(comment.guest.address_sealed).rpartition("@")
    return f"{local[:1]}…@{host}"


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()

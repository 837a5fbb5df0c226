"""The receipt of a comment: a private link that shows its author what became of it, and what they may do.

No account is needed: whoever holds the link is the author.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string

from broadsheet.discussion import appealing, claiming, editing, pictured, withdrawing
from broadsheet.discussion.models import Appeal, Comment, Hold, Removal, Withdrawal

_signer = Signer(sep=".", salt="receipt")


def token_of(comment: Comment) -> str:
    return _signer.sign(str(comment.pk))


def path_of(comment: Comment) -> str:
    return f"/receipts/{token_of(comment)}/"


def pictures_of(comment: Comment) -> str:
    return f"{path_of(comment)}pictures/"


def comment_of(token: str) -> Comment | None:
    """The comment a token stands for; None where nobody gave out that token."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    found = Comment.objects.select_related("thread__article", "parent", "reader", "guest")
    return found.filter(pk=pk).first()


def waiting(comment: Comment) -> list[dict[str, Any]]:
    """What its author's browser shows of it beneath the article while it waits; nothing once somebody has decided."""
    if comment.state != Comment.State.HELD:
        return []
    at = pictures_of(comment)
    pictures = [pictured.shown(each, at) for each in comment.pictures or ()]
    return [
        {
            "path": comment.thread.article.path,
            "seq": comment.seq,
            "parent": comment.parent.seq if comment.parent else None,
            "html": comment.html,
            "pictures": render_to_string("discussion/pictures.html", {"pictures": pictures})
            if pictures
            else "",
            "receipt": path_of(comment),
        }
    ]


@dataclass(frozen=True)
class Receipt:
    """What the page says."""

    path: str
    pictures: str
    """What the addresses of its pictures begin with, for whoever holds it."""
    hold: Hold | None
    removal: Removal | None
    withdrawal: Withdrawal | None
    appeal: Appeal | None
    """The latest."""
    editable: bool
    editable_until: datetime
    """Of a published comment; one that waits may be changed until somebody has decided."""
    editable_answered: bool
    """An answer does not end it."""
    appealable: bool
    withdrawable: bool
    claimable: bool


def of(comment: Comment) -> Receipt:
    return Receipt(
        path=path_of(comment),
        pictures=pictures_of(comment),
        hold=comment.holds.filter(ended_at=None).first(),
        removal=comment.removals.filter(undone_at=None).first(),
        withdrawal=Withdrawal.objects.filter(comment=comment).first(),
        appeal=comment.appeals.order_by("pk").last(),
        editable=editing.is_editable(comment),
        editable_until=editing.editable_until(comment),
        editable_answered=settings.OPTIONS["edit_comments_answered"],
        appealable=appealing.appealable(comment) is not None,
        withdrawable=withdrawing.is_withdrawable(comment),
        claimable=claiming.is_claimable(comment),
    )

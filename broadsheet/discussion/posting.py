"""Post a comment: checks, gates, and one short transaction. Nothing slow happens inside it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from broadsheet.discussion import (
    allowances,
    attaching,
    closing,
    conversations,
    gates,
    guests,
    mentioning,
    naming,
    ruling,
    writing,
)
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Attached, Draft
from broadsheet.discussion.models import Comment, Hold, Passage, Thread
from broadsheet.events.recording import record
from broadsheet.kit import markdown
from broadsheet.masthead import speaking

REPEAT_WINDOW = timedelta(minutes=10)
DOUBLE_CLICK = timedelta(seconds=30)
"""So soon after the first a guest's same POST is taken for the guest's own. Later somebody may have copied it."""
_REPEATS = """
SELECT id FROM discussion_comment WHERE fingerprint = %s AND thread_id = %s AND posted_at >= %s
"""


class NotPosted(Exception):
    """The comment was not taken; `sentence` tells its author why and what to do."""

    status = 422

    def __init__(self, sentence: str, retry_after: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.retry_after = retry_after


class GateRefused(NotPosted):
    status = 403


class ThreadClosed(NotPosted):
    status = 409


class ConversationClosed(ThreadClosed):
    """The rest of the discussion is open: what was written can stand there as a comment of its own."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _(
                "This conversation is closed: %(reason)s. Your text is kept below; you can post it as a new comment."
            )
            % {"reason": reason}
            if reason
            else _("This conversation is closed. Your text is kept below; you can post it as a new comment.")
        )


class TooLong(NotPosted):
    status = 413


class NotPossibleNow(NotPosted):
    """A deed upon a comment that its state, or the time, allows no more."""

    status = 409


class TooMany(NotPosted):
    status = 429


class AlreadyThere(NotPosted):
    """It was taken before, perhaps from somebody else: its receipt, which can change it, is not given out again."""

    status = 409

    def __init__(self, comment: Comment) -> None:
        super().__init__(
            _(
                "This comment was taken before and is not posted again; its receipt went to whoever sent it first. "
                "Your text is kept below."
            )
        )
        self.comment = comment


def post_comment(thread: Thread, *, draft: Draft, by: Commenter) -> Comment:
    """Write the comment, published or held, and return it; the first one where a POST is surely its repeat."""
    if by.reader is not None:
        draft = replace(draft, name=by.reader.name, email="")
    fingerprint = _fingerprint(draft, by)
    try:
        parent = _parent(thread, draft)
        require_open(thread, parent)
        passage = parent.passage_id if parent else _passage(thread, draft)
        html = markdown.render(draft.text)
        held = judge(thread, draft, html, by)
        held = _paced(thread, by) or held
        require_free(draft.pictures)
    except NotPosted:
        if first := _first_of(thread, fingerprint):
            return _given_again(first, by)
        raise
    guest = guests.guest_with(draft.email) if draft.email else None
    comment = Comment(
        thread=thread,
        guest=guest,
        reader=by.reader,
        author_name=draft.name,
        mark=by.mark_on(thread.article) or naming.mark_for(draft.name, by.reader),
        source=draft.text,
        html=mentioning.linked(html, thread),
        render_version=markdown.RENDER_VERSION,
        pictures=[each.as_shown() for each in draft.pictures] or None,
        network=by.network,
        fingerprint=fingerprint,
        passage_id=passage,
    )
    taken = writing.write(
        lambda: (
            _first_of(thread, fingerprint, alone=True)
            or _written(comment, parent, held, wants_replies=draft.wants_replies)
        )
    )
    return taken if taken is comment else _given_again(taken, by)


def _fingerprint(draft: Draft, by: Commenter) -> str:
    reader = str(by.reader.pk) if by.reader else ""
    place = f"passage {draft.passage}" if draft.passage else str(draft.parent or "")
    pictures = [f"{each.digest} {each.alt}" for each in draft.pictures]
    said = "\0".join([by.network, reader, draft.name, draft.email, place, draft.text, *pictures])
    return settings.KEYRING.digest("repeat", said)


def _given_again(first: Comment, by: Commenter) -> Comment:
    """The comment, where whoever sends it again is surely its author: its receipt is their authority over it."""
    if by.reader is None and (by.shares_network or timezone.now() - first.posted_at > DOUBLE_CLICK):
        raise AlreadyThere(first)
    return first


def _first_of(thread: Thread, fingerprint: str, *, alone: bool = False) -> Comment | None:
    """The comment that the same POST made a moment ago. A plain statement, since every post asks.

    `alone`: until commit nobody else writes in this thread. On SQLite nobody else writes anyhow.
    """
    if alone and connection.features.has_select_for_update:
        Thread.locked(thread.pk)
    since = connection.ops.adapt_datetimefield_value(timezone.now() - REPEAT_WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(_REPEATS, [fingerprint, thread.pk, since])
        repeated = cursor.fetchone()
    return Comment.objects.get(pk=repeated[0]) if repeated else None


def _parent(thread: Thread, draft: Draft) -> Comment | None:
    if draft.parent is None:
        return None
    parent = Comment.objects.filter(thread=thread, seq=draft.parent).first()
    if parent is None or not parent.visible:
        raise ThreadClosed(
            _(
                "The comment you answer is no longer there. Your text is kept below; you can post it as a new comment."
            )
        )
    return parent


def _passage(thread: Thread, draft: Draft) -> int | None:
    """The passage it is about, while that stands in the article."""
    if draft.passage is None:
        return None
    standing = Passage.objects.filter(thread=thread, number=draft.passage, left_at=None)
    passage: int | None = standing.values_list("pk", flat=True).first()
    if passage is None:
        raise ThreadClosed(
            _(
                "The passage no longer stands in the article. Your text is kept below; you can post it as a comment "
                "on the whole article."
            )
        )
    return passage


def require_open(thread: Thread, within: Comment | None) -> None:
    """Raise where the discussion takes no more comments, or the conversation that `within` belongs to."""
    if closing.closed(thread.article, ruling.in_force(thread)):
        raise ThreadClosed(
            _("Comments under this article are closed. Your text is kept below, so that you can copy it.")
        )
    closure = None if within is None else conversations.closure_of(within)
    if closure is not None:
        raise ConversationClosed(closure.reason)


def require_allowance(spent: allowances.Exhausted | None) -> None:
    """Raise where the allowance of a deed beside posting is spent: of a preview, or an appeal."""
    if spent is not None:
        raise TooMany(
            ngettext(
                "That is a lot of requests in a short time. Wait %(n)s second and try again; "
                "your text is kept below.",
                "That is a lot of requests in a short time. Wait %(n)s seconds and try again; "
                "your text is kept below.",
                spent.retry_after,
            )
            % {"n": speaking.number(spent.retry_after)},
            spent.retry_after,
        )


def require_free(pictures: Sequence[Attached]) -> None:
    """Raise where another comment has one of the pictures."""
    if not all(each.free for each in pictures):
        raise NotPosted(_("A picture stands in another comment already. Choose it again."))


def attach(comment: Comment, keys: Collection[str]) -> None:
    """Give the comment the pictures of these keys; call it inside the transaction."""
    if keys and not attaching.attach(comment, keys):
        raise NotPosted(_("A picture is no longer kept. Choose it again."))


def _require_room(spent: allowances.Exhausted | None) -> None:
    """Raise where the allowance of comments is spent."""
    if spent is not None:
        raise TooMany(
            ngettext(
                "That is a lot of comments in a short time. Wait %(n)s second and post it again; "
                "your text is kept below.",
                "That is a lot of comments in a short time. Wait %(n)s seconds and post it again; "
                "your text is kept below.",
                spent.retry_after,
            )
            % {"n": speaking.number(spent.retry_after)},
            spent.retry_after,
        )


def _paced(thread: Thread, by: Commenter) -> str:
    """Why slow mode holds the comment, or an empty string; raises where its author has to wait. It counts the comment.

    From a network that many share it refuses nobody: one of them would silence the others.
    """
    pause = ruling.in_force(thread).slow_seconds
    if not pause or by.trusted:
        return ""
    spent = allowances.spend_pause(thread, pause, by)
    if isinstance(spent, allowances.Crowded):
        return gettext_noop("many people post from its network just now")
    if spent is not None:
        raise TooMany(_slow_sentence(spent.retry_after), spent.retry_after)
    return ""


def _slow_sentence(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if seconds > 90:
        return ngettext(
            "This discussion goes slowly: your next comment can be posted in %(n)s minute. "
            "Your text is kept below.",
            "This discussion goes slowly: your next comment can be posted in %(n)s minutes. "
            "Your text is kept below.",
            minutes,
        ) % {"n": speaking.number(minutes)}
    return ngettext(
        "This discussion goes slowly: your next comment can be posted in %(n)s second. "
        "Your text is kept below.",
        "This discussion goes slowly: your next comment can be posted in %(n)s seconds. "
        "Your text is kept below.",
        seconds,
    ) % {"n": speaking.number(seconds)}


def judge(thread: Thread, draft: Draft, html: str, by: Commenter) -> str:
    """Why the comment is held, or an empty string; raises where it is not taken at all."""
    if by.trusted:
        return ""
    spent = allowances.spend(thread, by)
    if isinstance(spent, allowances.Crowded):
        return gettext_noop("many people post from its network just now")
    _require_room(spent)
    match gates.ask(gates.Question(thread, draft, html, by)):
        case gates.Refused(sentence):
            raise GateRefused(sentence)
        case gates.Held(reason):
            return reason
    return ""


def _written(comment: Comment, parent: Comment | None, held: str, *, wants_replies: bool) -> Comment:
    """The comment, numbered, placed and saved; call it inside the transaction."""
    comment.posted_at = timezone.now()
    if held:
        comment.state = Comment.State.HELD
        comment.seq = comment.thread.take_seq()
    else:
        comment.state = Comment.State.PUBLISHED
        comment.seq, comment.rev, comment.sib = comment.thread.take_shown(root=parent is None)
        if parent is not None:
            comment.sib = parent.take_sib()
    comment.place_below(parent)
    comment.insert()
    attach(comment, comment.picture_keys)
    if held:
        Hold.objects.create(comment=comment, reason=held)
    wishes = {"wants_replies": True} if wants_replies else {}
    record(
        "comment.held" if held else "comment.published",
        thread=comment.thread_id,
        comment=comment.pk,
        **wishes,
    )
    return comment

"""Whom a comment mentions: the authors of the comments that its “@names” lead to (see `discussion/mentioning.py`)."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import BooleanField, ExpressionWrapper, Q

from broadsheet.discussion.models import Comment

MOST = 20
"""Mentions of one comment that are told to somebody: a list of names is no conversation."""
SAID = Q(html__contains='/">@')
"""What may mention somebody, for the database to say."""
MENTIONS = ExpressionWrapper(SAID, output_field=BooleanField())
_LINK = re.compile(r'<a href="[^"]*/c/([1-9]\d{0,8})/">@')


def of(comments: Iterable[Comment]) -> dict[int, list[Comment]]:
    """For the number of each comment what it mentions by the way of its authors; none of its own author's."""
    told = {comment.pk: (comment, _seqs(comment)) for comment in comments}
    wanted: dict[int, set[int]] = defaultdict(set)
    for comment, named in told.values():
        wanted[comment.thread_id].update(named)
    where = Q(pk=None)
    for thread, there in wanted.items():
        where |= Q(thread=thread, seq__in=there)
    rows = Comment.objects.filter(where).select_related("guest").defer("source", "html")
    found = {(row.thread_id, row.seq): row for row in rows} if any(wanted.values()) else {}
    return {
        pk: [
            found[comment.thread_id, seq]
            for seq in seqs
            if (comment.thread_id, seq) in found and not _same(found[comment.thread_id, seq], comment)
        ]
        for pk, (comment, seqs) in told.items()
    }


def _seqs(comment: Comment) -> list[int]:
    return list(dict.fromkeys(int(seq) for seq in _LINK.findall(comment.html)))[:MOST]


def _same(one: Comment, other: Comment) -> bool:
    """Whether both are the same account's. Guests who type an address prove nothing, so theirs are told of."""
    return one.reader_id is not None and one.reader_id == other.reader_id

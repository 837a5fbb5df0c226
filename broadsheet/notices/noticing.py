"""A reader's notices: what happened, grouped by what it belongs to, until it is read; kept for half a year.

What is not shown any more, such as a removed comment, is no notice either, and comes back with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.kit.pages import NotThere
from broadsheet.notices import following
from broadsheet.notices.models import Follow, Follower, Notice
from broadsheet.readers.models import Reader

KEPT = timedelta(days=180)
ON_A_PAGE = 50
MOST_COUNTED = 100
SHOWN = Q(comment__state=Comment.State.PUBLISHED) | Q(article__live=True)
ORDER = [kind.value for kind in Follow.Kind]
"""Of several reasons the one that is nearest to oneself."""
_signer = Signer(sep=".", salt="notices feed")


@dataclass
class Group:
    """Notices of one kind under one article; of replies, to one comment."""

    kind: str
    article: Article
    notices: list[Notice] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.notices)

    @property
    def unread(self) -> bool:
        return any(notice.read_at is None for notice in self.notices)


def draft(reader_id: int, kinds: Collection[str], *, comment: int | None, article: int | None) -> Notice:
    """A notice that is not saved yet."""
    return Notice(
        reader_id=reader_id, kind=min(kinds, key=ORDER.index), comment_id=comment, article_id=article
    )


def write_all(notices: Collection[Notice]) -> None:
    """What somebody was told of before, for whichever reason, they are not told of again."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def page_of(reader: Reader, *, before: str = "") -> tuple[list[Group], int | None]:
    """The newest notices of a reader in groups, and the number that the earlier ones come before."""
    notices = _of(reader)
    if before:
        if not (before.isascii() and before.isdecimal() and len(before) < 19):
            raise NotThere
        notices = notices.filter(pk__lt=int(before))
    found = list(notices[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    return _grouped(shown), shown[-1].pk if len(found) > ON_A_PAGE else None


def newest_of(reader: Reader) -> list[Notice]:
    return list(_of(reader)[:ON_A_PAGE])


def unread_of(reader: Reader) -> int:
    """How many are unread; of very many, as many as are counted."""
    unread = Notice.objects.filter(SHOWN, reader=reader, read_at=None)
    return len(unread.values_list("pk", flat=True)[:MOST_COUNTED])


def read(reader: Reader, pks: Collection[int] | None = None) -> None:
    """These are read, or all."""
    notices = Notice.objects.filter(reader=reader, read_at=None)
    (notices if pks is None else notices.filter(pk__in=pks)).update(read_at=timezone.now())


def article_of(notice: Notice) -> Article:
    article = notice.comment.thread.article if notice.comment else notice.article
    assert article is not None  # noqa: S101 - the table knows that it is one or the other
    return article


def path_of(notice: Notice) -> str:
    """Where what happened can be read."""
    path = article_of(notice).path
    return f"{path}c/{notice.comment.seq}/" if notice.comment else path


def feed_path_of(reader: Reader) -> str:
    """The secret address of a reader's feed; renewing it shuts the earlier one."""
    follower = Follower.objects.filter(reader=reader).first()
    number = follower.feed_number if follower else 0
    return f"/notices/feeds/{_signer.sign(f'{reader.pk}-{number}')}/feed.atom"


def renew_feed(reader: Reader) -> None:
    follower = following.of_reader(reader)
    follower.feed_number += 1
    follower.save(update_fields=["feed_number"])


def reader_of_feed(token: str) -> Reader | None:
    try:
        pk, _, number = _signer.unsign(token).partition("-")
        reader = Reader.objects.filter(pk=int(pk), is_active=True).first()
    except (BadSignature, ValueError):
        return None
    follower = Follower.objects.filter(reader=reader).first() if reader else None
    return reader if str(follower.feed_number if follower else 0) == number else None


def forget_old() -> int:
    """The clock calls it."""
    return Notice.objects.filter(made_at__lt=timezone.now() - KEPT).delete()[0]


def _of(reader: Reader) -> "QuerySet[Notice]":
    rows = Notice.objects.filter(SHOWN, reader=reader).select_related("comment__thread__article", "article")
    return rows.defer("comment__source", "comment__extra").order_by("-pk")


def _grouped(notices: Sequence[Notice]) -> list[Group]:
    """Each stands where its newest does."""
    groups: dict[tuple[object, ...], Group] = {}
    for notice in notices:
        article, comment = article_of(notice), notice.comment
        within = comment.parent_id if comment and notice.kind == Follow.Kind.REPLIES else None
        by = comment.reader_id if comment and notice.kind == Follow.Kind.READER else None
        group = groups.setdefault(
            (notice.kind, article.pk, within, by, comment is None), Group(notice.kind, article)
        )
        group.notices.append(notice)
    return list(groups.values())


def url_of_feed(reader: Reader) -> str:
    return f"{settings.URL}{feed_path_of(reader)}"

"""Who is to be told of what: as a question to the database, and again of one follower when a letter leaves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from broadsheet.articles.models import Article
from broadsheet.discussion.models import Comment
from broadsheet.notices import mentions
from broadsheet.notices.models import Follow, Follower

Kind = Follow.Kind
ARTICLE_KINDS = (Kind.BYLINE, Kind.SECTION, Kind.TAG)


def of_comment(comment: Comment) -> Q:
    """The follows that a comment concerns."""
    wanted = Q(kind=Kind.THREAD, thread_id=comment.thread_id)
    if comment.parent is not None:
        wanted |= Q(kind=Kind.REPLIES, comment_id=comment.parent_id)
        wanted |= Q(kind=Kind.ANSWERS, thread_id=comment.thread_id) & _whose([comment.parent])
    if named := mentions.of([comment])[comment.pk]:
        wanted |= Q(kind=Kind.MENTIONS) & _whose(named)
    if comment.reader_id is not None:
        shown = Q(reader__profile__shown_at__isnull=False, reader__is_active=True)
        wanted |= Q(kind=Kind.READER, reader_id=comment.reader_id) & shown
    return wanted


def of_article(article: Article) -> Q:
    """The follows that a new article concerns."""
    people = [byline.person_id for byline in article.bylines.all()]
    tags = list(article.tags.values_list("pk", flat=True))
    return (
        Q(kind=Kind.BYLINE, byline__in=people)
        | Q(kind=Kind.SECTION, section__in=sections_of(article))
        | Q(kind=Kind.TAG, tag__in=tags)
    )


def sections_of(article: Article) -> list[int]:
    """The section it stands in and those above."""
    found: list[int] = []
    above = article.section
    while above is not None and above.pk not in found:
        found.append(above.pk)
        above = above.parent
    return found


class Wishes:
    """What one follower stands to be told of, asked once for all that one letter says."""

    def __init__(self, follower: Follower, follows: Iterable[Follow]) -> None:
        self.follower = follower
        self.of: dict[str, set[int | None]] = defaultdict(set)
        for follow in follows:
            kind, pk = follow.thing
            self.of[kind].add(pk)

    def comments(self, comments: Sequence[Comment]) -> list[Comment]:
        """Those that it is still to be told of."""
        named = mentions.of(comments) if self.of[Kind.MENTIONS] else {}
        return [comment for comment in comments if self._concerned(comment, named.get(comment.pk, []))]

    def articles(self, articles: Sequence[Article]) -> list[Article]:
        return [article for article in articles if self._wants(article)]

    def _concerned(self, comment: Comment, named: Sequence[Comment]) -> bool:
        return (
            comment.thread_id in self.of[Kind.THREAD]
            or (comment.parent_id is not None and comment.parent_id in self.of[Kind.REPLIES])
            or (comment.thread_id in self.of[Kind.ANSWERS] and self._wrote(comment.parent))
            or any(self._wrote(each) for each in named)
            or (comment.reader_id is not None and comment.reader_id in self.of[Kind.READER])
        )

    def _wants(self, article: Article) -> bool:
        return (
            not self.of[Kind.SECTION].isdisjoint(sections_of(article))
            or any(byline.person_id in self.of[Kind.BYLINE] for byline in article.bylines.all())
            or any(tag.pk in self.of[Kind.TAG] for tag in article.tags.all())
        )

    def _wrote(self, comment: Comment | None) -> bool:
        if comment is None:
            return False
        if comment.reader_id is not None:
            return comment.reader_id == self.follower.reader_id
        return comment.guest is not None and comment.guest.address_digest == self.follower.address_digest


def _whose(comments: Iterable[Comment]) -> Q:
    """Followers who wrote one of these."""
    rows = list(comments)
    digests = {row.guest.address_digest for row in rows if row.guest is not None and row.reader_id is None}
    readers = {row.reader_id for row in rows if row.reader_id is not None}
    return Q(follower__address_digest__in=digests) | Q(follower__reader__in=readers)

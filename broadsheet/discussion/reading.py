"""Read the part of a thread that one page shows. The number of queries never depends on the size of the thread."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.utils import timezone

from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article
from broadsheet.discussion import ruling
from broadsheet.discussion.models import Closure, Comment, Order, Pick, Pin, Removal, Thread
from broadsheet.discussion.models.comment import DEPTH_CAP, SEQ_BYTES
from broadsheet.discussion.tree import Node, flat, grow

Loaded = TypeVar("Loaded", Thread, Article)

WHOLE = 100
"""A thread of at most so many comments is shown whole."""
ROOTS_PER_PAGE = 20
PAGE_CAP = 100
"""Comments on a numbered page, replies included."""
REPLIES_SHOWN = 3
RANKED = 50
"""A thread of fewer comments has no order “best”: it is read through."""
BESIDE = 3
"""Siblings that a comment's own page shows."""
RECENT = 200
"""So many of a long thread's latest changes are told of: some 3 KB."""
LEVELS_SHOWN = 3
RANGES_AT_ONCE = 100
"""So many ranges of paths are asked for in one query: databases take only so long ones."""

_POSTED_IN = f"""
SELECT thread.id, article.id, article.comments_open, article.published_at, {ruling.COLUMNS}
FROM discussion_thread thread JOIN articles_article article ON article.id = thread.article_id {ruling.JOINED}
WHERE article.published_on = %s AND article.slug = %s AND article.live
ORDER BY {ruling.NEAREST_FIRST}
"""  # noqa: S608 - made of our own words
_SHOWN = (
    "thread_id", "parent_id", "seq", "sib", "depth", "path", "state", "rev", "author_name", "guest_id", "reader_id",
    "mark", "posted_at", "edited_at", "html", "pictures", "reply_count", "descendant_count", "likes", "dislikes",
    "anchor", "passage_id",
)  # fmt: skip


_LONG = ("source", "extra", "html")


def thread_of(article: Article) -> Thread:
    """The article's thread; an unsaved empty one where nobody has commented yet."""
    return Thread.objects.filter(article=article).first() or Thread(article=article)


def thread_to_post_in(year: str, month: str, day: str, slug: str) -> Thread:
    """The thread at an article's address, with as much of the article as posting needs; the rest loads if asked for.

    A plain statement, since every post asks: Django's own way takes a fifth of a post's whole time.
    """
    with suppress(ValueError):  # no such day: the page that is looked for below is not there either
        on = date(int(year), int(month), int(day))
        with connection.cursor() as cursor:
            cursor.execute(_POSTED_IN, [connection.ops.adapt_datefield_value(on), slug])
            rows = cursor.fetchall()
        if rows:
            return _posted_in(rows, published_on=on, slug=slug)
    return started_thread_of(article_pages.find_article(year, month, day, slug))


def _posted_in(rows: list[Any], **known: object) -> Thread:
    """The thread with its article and the rules in force, of which each row brings those of one level."""
    pk, article, is_open, published_at, *_ = rows[0]
    thread = _partly(Thread, id=pk, article_id=article)
    if timezone.is_naive(published_at):  # as SQLite keeps it
        published_at = published_at.replace(tzinfo=UTC)
    thread.article = _partly(
        Article, id=article, comments_open=bool(is_open), published_at=published_at, **known
    )
    thread.rules = ruling.resolve(said for _, _, _, _, *said in rows)
    return thread


def _partly(model: type[Loaded], **known: object) -> Loaded:
    """A row of which only some fields are loaded. Django wants them in the order of the model."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    loaded: Loaded = model.from_db(connection.alias, names, [known[name] for name in names])
    return loaded


def started_thread_of(article: Article) -> Thread:
    """The article's thread, made if need be."""
    thread, _ = Thread.objects.get_or_create(article=article)
    thread.article = article
    return thread


def shown_whole(thread: Thread) -> bool:
    return thread.comment_count <= WHOLE and thread.last_seq <= 10 * WHOLE


def newest_of(thread: Thread) -> Comment | None:
    """The newest comment that can be seen: how lively the discussion is."""
    if not thread.last_seq:
        return None  # nor may it be saved yet
    seen = Comment.objects.filter(thread=thread, state=Comment.State.PUBLISHED)
    return seen.only("thread_id", "seq", "posted_at").order_by("-seq").first()


def last_page(thread: Thread) -> int:
    """The number of the newest page; an empty thread has page 1."""
    return max(1, -(-thread.root_count // ROOTS_PER_PAGE))


def whole(thread: Thread) -> list[Node]:
    """Every comment of a small thread, pinned roots first."""
    nodes = _grown(thread, _comments(thread).filter(in_place()).order_by("path"))
    return sorted(nodes, key=lambda node: not node.pinned)


def page(thread: Thread, number: int) -> list[Node]:
    """Roots 20(N-1)+1 to 20N with the first of their replies."""
    first = ROOTS_PER_PAGE * (number - 1) + 1
    roots = _comments(thread).filter(depth=0, sib__gte=first, sib__lt=first + ROOTS_PER_PAGE)
    # At most so many there are; PostgreSQL, which takes numbers of roots for independent, would expect a fifth of all.
    some = roots.order_by("sib")[:ROOTS_PER_PAGE]
    return _grown(thread, _with_replies(list(some), REPLIES_SHOWN))


def best(thread: Thread, seqs: list[int]) -> list[Node]:
    """These roots in this order, with the first of their replies; `seqs` is cut from an order."""
    place = {seq: number for number, seq in enumerate(seqs)}
    roots = _comments(thread).filter(seq__in=seqs)
    nodes = _grown(thread, _with_replies(sorted(roots, key=lambda root: place[root.seq]), REPLIES_SHOWN))
    return sorted(nodes, key=lambda node: place[node.comment.seq])


def with_first_replies(roots: list[Comment]) -> list[Node]:
    """These roots with the first of their replies; `roots` come from `shown_of`."""
    return _grown(roots[0].thread, _with_replies(roots, REPLIES_SHOWN)) if roots else []


def shown_of(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Those of them that a page may show, with no more than it shows."""
    return comments.only(*_SHOWN).filter(in_place())


def order(thread: Thread, version: int) -> Order | None:
    """An order of the thread, if it is still kept."""
    return Order.objects.filter(thread_id=thread.pk, version=version).first() if version else None


def branch(comment: Comment, number: int) -> list[Node]:
    """One comment with its direct replies 20(N-1)+1 to 20N, and the first of theirs."""
    first = ROOTS_PER_PAGE * (number - 1) + 1
    replies = _comments(comment.thread).filter(parent=comment, sib__gte=first, sib__lt=first + ROOTS_PER_PAGE)
    nodes = _grown(comment.thread, [comment, *_with_replies(list(replies.order_by("sib")), REPLIES_SHOWN)])
    nodes[0].above = True
    return nodes


def context(comment: Comment) -> list[Node]:
    """One comment below all its ancestors, with the first of its replies and what was said next to it."""
    ancestors = _comments(comment.thread).filter(seq__in=comment.path_seqs[:-1]).order_by("path")
    above = list(ancestors)
    if comment.parent is not None and comment.parent_id not in {each.pk for each in above}:
        above.append(comment.parent)  # beyond the depth cap the path does not name the parent
    beside = list(_beside(comment))
    nodes = _grown(comment.thread, [*above, *_with_replies([comment], ROOTS_PER_PAGE), *beside])
    for node in flat(nodes):
        node.above, node.aside = node.comment in above, node.comment in beside
    return nodes


def _beside(comment: Comment) -> QuerySet[Comment]:
    """The next visible siblings. Whose pages show a comment can be told by its `sib`: none is made up for."""
    first = comment.sib or 0
    siblings = _comments(comment.thread).filter(
        parent=comment.parent_id, sib__gt=first, sib__lte=first + BESIDE
    )
    if comment.parent_id is None:
        siblings = siblings.filter(depth=0)
    return siblings.filter(state=Comment.State.PUBLISHED).order_by("sib")


def shown_beside(comments: Iterable[Comment]) -> set[tuple[int, int]]:
    """(thread, seq) of the comments whose own pages may show one of these beside them."""
    wanted = {
        (comment.thread_id, comment.parent_id, comment.sib - step)
        for comment in comments
        if comment.sib is not None
        for step in range(1, min(BESIDE, comment.sib - 1) + 1)
    }
    siblings = Comment.objects.filter(sib__in={sib for _, _, sib in wanted})
    roots = siblings.filter(thread__in={thread for thread, parent, _ in wanted if parent is None}, depth=0)
    replies = siblings.filter(parent__in={parent for _, parent, _ in wanted if parent is not None})
    return {
        (thread, seq)
        for found in (roots, replies)
        for thread, parent, sib, seq in found.values_list("thread_id", "parent_id", "sib", "seq")
        if (thread, parent, sib) in wanted
    }


def shown_above(comment: Comment) -> list[int]:
    """The numbers of a comment and of those on whose own pages or pages of replies it may be shown beneath."""
    return comment.path_seqs[-LEVELS_SHOWN - 2 :]


def shown_beneath(comments: Iterable[Comment]) -> set[tuple[int, int]]:
    """(thread, seq) of the comments whose own pages may show one of these above them.

    At the depth cap no path names the parent: there it is all that stands beneath the last one it names.
    """
    found: set[tuple[int, int]] = set()
    ranges = [_beneath(comment) for comment in comments if comment.last_sib or comment.depth == DEPTH_CAP - 1]
    for start in range(0, len(ranges), RANGES_AT_ONCE):
        some = Comment.objects.filter(Q(*ranges[start : start + RANGES_AT_ONCE], _connector=Q.OR))
        found |= set(some.values_list("thread_id", "seq"))
    return found


def _beneath(comment: Comment) -> Q:
    named = comment.path_seqs[: DEPTH_CAP - 1]
    first, beyond = (
        b"".join(seq.to_bytes(SEQ_BYTES, "big") for seq in (*named[:-1], last))
        for last in (named[-1], named[-1] + 1)
    )
    return Q(thread=comment.thread_id, path__gt=first, path__lt=beyond)


def find(thread: Thread, seq: int) -> Comment | None:
    """A comment by its number, if a page may show it."""
    return _comments(thread).filter(in_place(), seq=seq).select_related("parent__parent").first()


def alone(thread: Thread, seq: int) -> Node | None:
    """A comment without what surrounds it, or only its place if it was visible once and is no more."""
    comment = _comments(thread).filter(seq=seq, rev__isnull=False).first()
    if comment is None:
        return None
    if comment.visible:
        return Node(comment)
    removal = Removal.objects.filter(comment=comment, undone_at=None).first()
    is_removed = removal is not None or comment.state == Comment.State.REMOVED
    return Node(comment, reason=removal.reason if removal else "", removed=is_removed)


def in_order(thread: Thread, root: Comment | None, after: int) -> QuerySet[Comment]:
    """Visible comments as a talk goes, each before its replies: of one conversation or all, after a number."""
    told = Comment.objects.filter(thread_id=thread.pk, state=Comment.State.PUBLISHED)
    if root is not None:
        beyond = (root.seq + 1).to_bytes(SEQ_BYTES, "big")
        told = told.filter(path__gte=bytes(root.path), path__lt=beyond)
    if after:
        last = Comment.objects.filter(thread_id=thread.pk, seq=after).values_list("path", flat=True).first()
        told = told.none() if last is None else told.filter(path__gt=bytes(last))
    # Asked for by their keys: to join comments with comments, PostgreSQL reads all there are.
    answered = Prefetch("parent", Comment.objects.defer(*_LONG))
    return told.defer("extra").prefetch_related(answered, "passage").order_by("path")


def newest(limit: int, thread: Thread | None = None, *, skip: int = 0) -> list[Comment]:
    """The newest visible comments, of one thread or of the whole publication, with their articles.

    `skip` leaves out so many of the publication's newest; a few hundred cost little.
    """
    comments = _in_their_places(Comment.objects.all())
    if thread is None:
        live = comments.filter(thread__article__live=True).order_by("-posted_at", "-pk")
        return list(live[skip : skip + limit])
    return list(comments.filter(thread=thread).order_by("-seq")[:limit])


def _in_their_places(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Those that can be seen, with their articles and whom they answer."""
    shown = comments.filter(state=Comment.State.PUBLISHED).defer("source", "extra")
    return shown.select_related("thread__article", "passage").annotate(
        parent_seq=F("parent__seq"), parent_name=F("parent__author_name"), parent_state=F("parent__state")
    )


def picks(limit: int, thread: Thread | None = None, *, skip: int = 0) -> list[Comment]:
    """What the editors have picked, the latest pick first: in one thread or the whole publication."""
    chosen = _in_their_places(Comment.objects.filter(pick__isnull=False)).select_related("pick")
    if thread is None:
        live = chosen.filter(thread__article__live=True).order_by("-pick__picked_at", "-pk")
        return list(live[skip : skip + limit])
    return list(chosen.filter(pick__thread=thread).order_by("seq")[skip : skip + limit])


def recent(thread: Thread) -> dict[str, Any]:
    """The latest visible changes, newest first: `[seq, rev, number of the page its root stands on]`.

    Nothing that changed after the rev `from` is left out.
    """
    shown = _comments(thread).filter(rev__isnull=False, state=Comment.State.PUBLISHED)
    latest = list(shown.only("seq", "rev", "path").order_by("-rev")[: RECENT + 1])
    more, latest = len(latest) > RECENT, latest[:RECENT]
    roots = Comment.objects.filter(thread_id=thread.pk, seq__in={each.path_seqs[0] for each in latest})
    sibs = dict(roots.values_list("seq", "sib"))
    places = ((each, sibs[each.path_seqs[0]]) for each in latest)
    return {
        "rev": thread.last_rev,
        "from": latest[-1].rev if more else 0,
        "comments": [[each.seq, each.rev, page_of_root(sib)] for each, sib in places if sib is not None],
    }


def page_of_root(sib: int) -> int:
    """The number of the page that a root stands on."""
    return -(-sib // ROOTS_PER_PAGE)


def _comments(thread: Thread) -> QuerySet[Comment]:
    return Comment.objects.filter(thread_id=thread.pk).only(*_SHOWN)


def in_place() -> Q:
    """Visible, or in the place of something that was answered."""
    return Q(state=Comment.State.PUBLISHED) | Q(descendant_count__gt=0) | Q(reply_count__gt=0)


def _with_replies(above: list[Comment], first_level: int) -> list[Comment]:
    """`above` and the first replies beneath, level by level, until the page is full."""
    comments, parents, most = list(above), [each.pk for each in above], first_level
    for _ in range(LEVELS_SHOWN):
        room = PAGE_CAP - len(comments)
        level = Comment.objects.filter(parent__in=parents, sib__lte=most).filter(in_place())
        replies = list(level.only(*_SHOWN).order_by("sib", "parent")[: max(room, 0)])
        comments += replies
        parents, most = [each.pk for each in replies], REPLIES_SHOWN
    return comments


def _grown(thread: Thread, comments: Iterable[Comment]) -> list[Node]:
    shown = list(comments)
    hidden = [comment.pk for comment in shown if not comment.visible]
    removals = Removal.objects.filter(comment__in=hidden, undone_at=None).values_list("comment", "reason")
    marked = distinguished(thread)
    return grow(shown, dict(removals), marked.pinned, marked.picked)


@dataclass(frozen=True)
class Distinguished:
    """The comments of a thread that can be seen and are pinned or picked: their `seq` and author, by key.

    And those that can be seen or not, whose conversations are closed.
    """

    pinned: dict[int, tuple[int, str]]
    picked: dict[int, tuple[int, str]]
    closed: dict[int, tuple[int, str]]


def distinguished(thread: Thread) -> Distinguished:
    """Asked once for each page: all its parts want to know."""
    if thread.distinguished is None:
        thread.distinguished = _distinguished(thread)
    found: Distinguished = thread.distinguished
    return found


def _distinguished(thread: Thread) -> Distinguished:
    columns = ("comment", "comment__seq", "comment__author_name")
    seen = Q(thread=thread.pk, comment__state=Comment.State.PUBLISHED)
    pins = Pin.objects.filter(seen).values_list(Value("pin"), *columns)
    picks = Pick.objects.filter(seen).values_list(Value("pick"), *columns)
    standing = Closure.objects.filter(thread=thread.pk, reopened_at=None)
    closures = standing.values_list(Value("closure"), "root", "root__seq", "root__author_name")
    rows = sorted(pins.union(picks, closures, all=True), key=lambda row: row[2]) if thread.pk else []
    by_mark = (
        {pk: (seq, name) for what, pk, seq, name in rows if what == mark}
        for mark in ("pin", "pick", "closure")
    )
    return Distinguished(*by_mark)

"""What a change in a discussion makes stale: event → addresses (see `refresh.py`)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q

from broadsheet.articles import syndication
from broadsheet.articles.models import Article
from broadsheet.discussion import ranking, reading
from broadsheet.discussion.models import Comment, Passage, Pick, Poll, Thread
from broadsheet.events.models import Event
from broadsheet.press import addresses, profiled, store

PICKS = ("/comments/picks/", "/comments/picks/page/", *syndication.feeds_of("/comments/picks/"))
_SAYS_OTHERWISE = frozenset(
    {"comment.edited", "comment.titled", "comment.distinguished", "conversation.ruled"}
)


def comments_changed(events: Sequence[Event]) -> Iterator[str]:
    """What a batch of changed comments makes stale, in a few queries however many they are."""
    pks = {event.facts["comment"] for event in events}
    edited = {event.facts["comment"] for event in events if event.kind in _SAYS_OTHERWISE}
    yield from ("/comments/", "/comments/page/", *syndication.feeds_of("/comments/"))
    yield from _picks(events, pks)
    by_thread: dict[int, list[Comment]] = defaultdict(list)
    changed = list(Comment.objects.only(*_COMMENT).filter(pk__in=pks))
    for comment in changed:
        by_thread[comment.thread_id].append(comment)
    yield from profiled.of_authors(changed)
    beside: dict[int, list[int]] = defaultdict(list)
    for pk, seq in reading.shown_beside(comment for each in by_thread.values() for comment in each):
        beside[pk].append(seq)
    threads = Thread.objects.select_related("article").only(*_THREAD).in_bulk(by_thread)
    about = _passages(comment for each in by_thread.values() for comment in each)
    for pk, comments in by_thread.items():
        thread = threads[pk]
        path = thread.article.path
        yield from (path, f"{path}thread.json", *syndication.feeds_of(f"{path}comments/"))
        yield from _asked_in(path, comments, about)
        if not reading.shown_whole(thread):
            yield from (f"{path}comments/newest/", f"{path}comments/recent.json")
            yield from _numbered(thread, comments)
        elif thread.last_seq > reading.WHOLE:  # it may have had numbered pages
            yield from (f"{path}comments/oldest/", f"{path}comments/newest/", f"{path}comments/recent.json")
        if thread.order_version:
            yield from _in_orders(thread, {comment.path_seqs[0] for comment in comments})
        if all(comment.visible and not comment.last_sib for comment in comments):
            above = {seq for comment in comments for seq in comment.path_seqs[:-1]}
            yield from (f"{path}c/{seq}/" for seq in above)
            # Of a new one none was printed before; what is being printed this moment shows it already.
            pages = [f"{path}c/{seq}/" for seq in (*(each.seq for each in comments), *beside[pk])]
            said_anew = any(comment.pk in edited for comment in comments)
            yield from pages if said_anew else filter(store.stands_below, pages)
        else:
            yield f"{path}c/"


def _picks(events: Sequence[Event], comments: set[int]) -> Iterator[str]:
    """The pages of picks, where one of these is picked, or answered by one that is, or was until now."""
    marked = {event.facts["comment"] for event in events if event.kind == "comment.distinguished"}
    shown = Pick.objects.filter(Q(comment__in=comments) | Q(comment__parent__in=comments))
    picked = set(shown.values_list("comment", flat=True)) | marked
    if picked:
        yield from PICKS
        for article in (
            Article.objects.filter(thread__comments__in=picked).exclude(published_on=None).distinct()
        ):
            yield f"{article.path}comments/picks/"


def voiced(events: Sequence[Event]) -> Iterator[str]:
    """The pages that say how many like a comment. They wait as cards do, or a popular one would keep the press busy."""
    pks = {event.facts["comment"] for event in events}
    by_thread: dict[int, list[Comment]] = defaultdict(list)
    for comment in Comment.objects.only(*_COMMENT, "posted_at").filter(
        pk__in=pks, state=Comment.State.PUBLISHED
    ):
        if comment.score_shown:
            by_thread[comment.thread_id].append(comment)
    yield from profiled.of_authors(comment for each in by_thread.values() for comment in each)
    around = _around(comment for each in by_thread.values() for comment in each)
    about = _passages(comment for each in by_thread.values() for comment in each)
    threads = Thread.objects.select_related("article").only(*_THREAD).in_bulk(by_thread)
    for pk, comments in by_thread.items():
        thread = threads[pk]
        yield thread.article.path
        above = {seq for comment in comments for seq in reading.shown_above(comment)}
        yield from (f"{thread.article.path}c/{seq}/" for seq in above)
        beside = {f"{thread.article.path}c/{seq}/" for seq in around[pk] - above}
        yield from filter(store.stands_below, beside)
        if thread.order_version:
            yield from _in_orders(thread, {comment.path_seqs[0] for comment in comments})
        if not reading.shown_whole(thread):
            yield from _numbered(thread, comments)
        yield from _asked_in(thread.article.path, comments, about)


def _passages(comments: Iterable[Comment]) -> dict[int, int]:
    """The numbers of the passages that any of these comments is about."""
    pks = {comment.passage_id for comment in comments if comment.passage_id}
    return dict(Passage.objects.filter(pk__in=pks).values_list("pk", "number")) if pks else {}


def _asked_in(path: str, comments: Iterable[Comment], about: dict[int, int]) -> Iterator[str]:
    """The pages of passages and of question time, if they were printed, that show one of these comments."""
    numbers = {about[comment.passage_id] for comment in comments if comment.passage_id in about}
    pages = [f"{path}passages/{number}/" for number in sorted(numbers)]
    pages += [f"{path}questions/{which}/" for which in ("waiting", "answered")]
    yield from filter(store.stands_below, pages)


def asked(events: Sequence[Event]) -> Iterator[str]:
    """Every page of a thread: what the newsroom asks there stands on each, or marks its comments."""
    pks = {event.facts["thread"] for event in events}
    for thread in Thread.objects.select_related("article__section").filter(pk__in=pks, article__live=True):
        yield from addresses.of_article(thread.article)
        yield from addresses.of_orders(thread.article)
        yield from addresses.asked_beneath(thread.article)
        yield f"{thread.article.path}c/"


def polled(events: Sequence[Event]) -> Iterator[str]:
    """The pages that show a poll's results."""
    polls = Poll.objects.select_related("thread__article").in_bulk({event.facts["poll"] for event in events})
    for poll in polls.values():
        path = poll.thread.article.path
        yield from (path, f"{path}polls/{poll.number}/")


def _around(comments: Iterable[Comment]) -> dict[int, set[int]]:
    """Whose own pages may show one of the comments above or beside them, by thread."""
    voiced = list(comments)
    around: dict[int, set[int]] = defaultdict(set)
    for pk, seq in reading.shown_beside(voiced) | reading.shown_beneath(voiced):
        around[pk].add(seq)
    return around


_COMMENT = (
    "thread_id",
    "parent_id",
    "reader_id",
    "seq",
    "sib",
    "depth",
    "path",
    "state",
    "last_sib",
    "passage_id",
)
_THREAD = (
    "comment_count",
    "last_seq",
    "root_count",
    "order_version",
    "article__slug",
    "article__published_on",
)


def _numbered(thread: Thread, comments: Sequence[Comment]) -> Iterator[str]:
    """The numbered pages of the comments' roots, and the page before a new one, which has a page after it now."""
    seqs = {comment.path_seqs[0] for comment in comments}
    sibs = Comment.objects.filter(thread=thread, seq__in=seqs).values_list("sib", flat=True)
    numbers = {reading.page_of_root(sib) for sib in sibs if sib is not None}
    if reading.last_page(thread) in numbers:
        numbers.add(max(1, reading.last_page(thread) - 1))
    for number in numbers:
        yield from addresses.of_roots_page(thread.article, number)


def _in_orders(thread: Thread, roots: set[int]) -> Iterator[str]:
    """The pages cut from a thread's orders that hold these roots."""
    path = f"{thread.article.path}comments/best/"
    yield path
    for order in thread.orders.all():
        places = (place for place, seq in enumerate(order.seqs) if seq in roots)
        for number in {place // reading.ROOTS_PER_PAGE + 1 for place in places}:
            yield f"{path}v{order.version}/{number}/"


def ranked(events: Sequence[Event]) -> Iterator[str]:
    """The newest order, and where it is named; the pages of orders that are kept no more go."""
    threads = Thread.objects.select_related("article").in_bulk({event.facts["thread"] for event in events})
    for event in events:
        path = threads[event.facts["thread"]].article.path
        yield from (path, f"{path}thread.json", f"{path}comments/best/")
        yield f"{path}comments/best/v{event.facts['version'] - ranking.KEPT}/"


def cards(events: Sequence[Event]) -> set[str]:
    """The pages that show how lively the discussions are."""
    threads = {event.facts["thread"] for event in events}
    paths = {"/"}
    for article in (
        Article.objects.filter(thread__in=threads).exclude(published_on=None).select_related("section")
    ):
        paths |= {f"/archive/{article.published_on:%Y}/{article.published_on:%m}/"}
        paths |= {each for path in article.lists for each in (path, f"{path}page/")}
    return paths

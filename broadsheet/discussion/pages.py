"""The public pages of the discussion. Each function makes one page; `press/addresses.py` says where it stands."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article
from broadsheet.discussion import (
    asking,
    dressing,
    embedding,
    linking,
    profiles,
    reading,
    ruling,
    schema,
    telling,
)
from broadsheet.discussion.inserting import Inserts
from broadsheet.discussion.models import Comment, Passage, Thread
from broadsheet.discussion.tree import Node, flat, walk
from broadsheet.kit.pages import Gone, Moved, NotThere, Page

NEWEST = 50
NEWEST_PAGES = 20
MOST_PICKS = 100
"""Of one discussion, on its page of picks."""


def article(year: str, month: str, day: str, slug: str) -> Page:
    """An article with its discussion: the whole of it, or its first page."""
    found = article_pages.find_article(year, month, day, slug)
    return article_with_thread(found)


def article_with_thread(found: Article) -> Page:
    thread = reading.thread_of(found)
    nodes = reading.whole(thread) if reading.shown_whole(thread) else reading.page(thread, 1)
    shown = thread_context(found, thread, nodes) | {"newest": reading.newest_of(thread)}
    marked = reading.distinguished(thread)
    shown["picked"] = len(marked.picked)
    if not reading.shown_whole(thread):
        shown |= _orders(found, thread, "oldest") | _pages_of(found, thread, "oldest", 1)
        shown["pinned"] = list(marked.pinned.values())
    elif thread.order_version:
        shown |= _orders(found, thread, "whole")
    inserts = Inserts(found, thread)
    context = article_pages.article_context(found, inserts) | shown | {"polls": inserts.above_discussion()}
    context["structured_data"] = partial(
        schema.with_discussion,
        context["structured_data"],
        found,
        thread,
        nodes,
        prompt=context["prompt"],
        question_time=context["question_time"],
    )
    return Page("discussion/article.html", context)


def oldest(year: str, month: str, day: str, slug: str, number: str) -> Page:
    """A numbered page in the order of time."""
    return _numbered(year, month, day, slug, "oldest", int(number))


def newest(year: str, month: str, day: str, slug: str, number: str = "") -> Page:
    """The same numbered page, newest roots first; without a number the current one, which is the highest."""
    return _numbered(year, month, day, slug, "newest", int(number or 0))


def permalink(year: str, month: str, day: str, slug: str, seq: str) -> Page:
    """One comment below its ancestors, with its replies and a form to answer it."""
    found, comment = find_comment(year, month, day, slug, seq)
    nodes = reading.context(comment)
    shown = thread_context(found, comment.thread, nodes) | {"chosen": comment}
    shown["closure"] = next(node.closure for node in flat(nodes) if node.comment == comment)
    shown["frame"] = embedding.frame(found, comment)
    return Page("discussion/permalink.html", article_pages.article_context(found) | shown)


def branch(year: str, month: str, day: str, slug: str, seq: str, number: str) -> Page:
    """The replies to one comment, twenty a page."""
    found, comment = find_comment(year, month, day, slug, seq)
    last = max(1, -(-comment.last_sib // reading.ROOTS_PER_PAGE))
    if int(number) > last:
        raise NotThere
    nodes = reading.branch(comment, int(number))
    pager = _pager(f"{found.path}c/{comment.seq}/replies/", int(number), last)
    shown = thread_context(found, comment.thread, nodes) | {"chosen": comment, "number": int(number)} | pager
    return Page("discussion/branch.html", article_pages.article_context(found) | shown)


def imported_anchor(year: str, month: str, day: str, slug: str, anchor: str) -> Page:
    """Where a comment with an anchor of its old site stands now."""
    found = article_pages.find_article(year, month, day, slug)
    comment = Comment.objects.filter(
        thread__article=found, anchor=anchor, state=Comment.State.PUBLISHED
    ).first()
    if comment is None:
        raise NotThere
    raise Moved(f"{found.path}c/{comment.seq}/")


def newest_everywhere(number: str = "1") -> Page:
    """The newest comments of the whole publication; what is older stands under its article."""
    return _latest("discussion/newest.html", "/comments/", int(number), reading.newest)


def picks_of(year: str, month: str, day: str, slug: str) -> Page:
    """The comments of one discussion that the editors have picked, in the order they were written."""
    found = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(found)
    comments = reading.picks(MOST_PICKS, thread) if thread.pk else []
    if not comments:
        raise NotThere
    profiles.name(comments)
    return Page("discussion/picks.html", {"comments": comments, "article": found, "number": 1})


def picks(number: str = "1") -> Page:
    """The comments of the whole publication that the editors have picked, the latest pick first."""
    return _latest("discussion/picks.html", "/comments/picks/", int(number), reading.picks)


def thread_context(
    found: Article, thread: Thread, nodes: list[Node], about: Passage | None = None
) -> dict[str, Any]:
    """What the discussion's templates show; only the article's own page says how many comments there are."""
    prompt, question_time = asking.asked_of(thread)
    dressing.dress(nodes, question_time, about)
    dressing.mark_closed(nodes, reading.distinguished(thread).closed)
    profiles.name(node.comment for node in flat(nodes))
    linking.fill(nodes)
    return {
        "prompt": prompt,
        "question_time": question_time,
        "article": found,
        "thread": thread,
        "steps": list(walk(nodes)),
        "count": thread.comment_count,
        "dislikes": settings.OPTIONS["dislikes"],
        "post_path": f"{found.path}comments/",
        "rules": telling.told(found, ruling.of_article(found)),
        "shown": sum(1 for node in flat(nodes) if not node.hidden),
    }


def _numbered(year: str, month: str, day: str, slug: str, order: str, number: int) -> Page:
    found = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(found)
    if reading.shown_whole(thread):
        raise Moved(f"{found.path}#discussion")
    number = number or reading.last_page(thread)
    if number > reading.last_page(thread):
        raise NotThere
    nodes = reading.page(thread, number)
    if order == "newest":
        nodes.reverse()
    shown = thread_context(found, thread, nodes) | _orders(found, thread, order)
    shown |= _pages_of(found, thread, order, number)
    return Page("discussion/numbered.html", article_pages.article_context(found) | shown)


def best(year: str, month: str, day: str, slug: str, version: str = "", number: str = "1") -> Page:
    """A page cut from an order, best first; without a version the beginning of the newest."""
    found = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(found)
    order = reading.order(thread, int(version or thread.order_version))
    if order is None:
        if int(version or 0) > thread.order_version:
            raise NotThere
        raise Moved(f"{found.path}comments/best/" if thread.order_version else f"{found.path}#discussion")
    seqs = order.seqs
    last = max(1, -(-len(seqs) // reading.ROOTS_PER_PAGE))
    if int(number) > last:
        raise NotThere
    first = reading.ROOTS_PER_PAGE * (int(number) - 1)
    nodes = reading.best(thread, seqs[first : first + reading.ROOTS_PER_PAGE])
    shown = thread_context(found, thread, nodes) | _orders(found, thread, "best")
    shown |= _pager(f"{found.path}comments/best/v{order.version}/", int(number), last)
    context = article_pages.article_context(found) | shown | {"made_at": order.made_at}
    return Page("discussion/best.html", context)


def _orders(found: Article, thread: Thread, order: str) -> dict[str, Any]:
    """The ways between the orders; they stay the same however a thread with numbered pages grows."""
    if reading.shown_whole(thread):
        orders = [("whole", _("Oldest"), f"{found.path}#discussion")]
    else:
        orders = [
            ("oldest", _("Oldest"), f"{found.path}comments/oldest/1/"),
            ("newest", _("Newest"), f"{found.path}comments/newest/"),
        ]
    orders.append(("best", _("Best"), f"{found.path}comments/best/"))
    return {
        "orders": [{"name": name, "path": path, "current": key == order} for key, name, path in orders],
        "recent": not reading.shown_whole(thread),
    }


def _pages_of(found: Article, thread: Thread, order: str, number: int) -> dict[str, Any]:
    """The ways between numbered pages. None of them changes when the thread grows, but on its last page."""
    last = reading.last_page(thread)
    return _pager(f"{found.path}comments/{order}/", number, last, backwards=order == "newest")


def _latest(template: str, base: str, number: int, find: Callable[..., list[Comment]]) -> Page:
    """One page of a list of comments, the latest first; the first page stands at `base` itself."""
    if number > NEWEST_PAGES:
        raise NotThere
    found = find(NEWEST + 1, skip=NEWEST * (number - 1))
    if number > 1 and not found:
        raise NotThere
    comments = found[:NEWEST]
    profiles.name(comments)
    last = number + 1 if len(found) > NEWEST and number < NEWEST_PAGES else number
    pager = _pager(f"{base}page/", number, last)
    if number == 2:
        pager["before"] = base
    return Page(template, {"comments": comments} | pager)


def _pager(base: str, number: int, last: int, *, backwards: bool = False) -> dict[str, Any]:
    """The ways to the page before and after in reading order."""
    lower = f"{base}{number - 1}/" if number > 1 else ""
    higher = f"{base}{number + 1}/" if number < last else ""
    before, after = (higher, lower) if backwards else (lower, higher)
    return {"before": before, "after": after, "number": number}


def find_comment(year: str, month: str, day: str, slug: str, seq: str) -> tuple[Article, Comment]:
    """A comment by its address, with its article; Gone where it was removed and nobody answered it."""
    found = article_pages.find_article(year, month, day, slug)
    thread = reading.thread_of(found)
    number = int(seq)
    comment = reading.find(thread, number) if thread.pk else None
    if comment is None:
        raise Gone if _was_removed(thread, number) else NotThere
    comment.thread = thread
    return found, comment


def _was_removed(thread: Thread, seq: int) -> bool:
    gone = (Comment.State.REMOVED, Comment.State.WITHDRAWN)
    return Comment.objects.filter(thread_id=thread.pk, seq=seq, state__in=gone).exists()

"""Titles of the pages that published comments link to. The worker asks for them, never a request; its work is due rows.

Off by default: whoever posts a link would make this machine ask another site for it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from broadsheet.discussion.models import Comment, CommentLink, LinkedPage
from broadsheet.discussion.tree import Linked, Node, flat
from broadsheet.events.models import Event
from broadsheet.events.recording import record
from broadsheet.kit import fetching, sanitising
from broadsheet.kit.fetching import NotFetched
from broadsheet.kit.page_titles import title_of

KINDS = frozenset({"comment.published", "comment.edited"})
MOST = 3
"""Links of one comment."""
MOST_TRIES = 3
FIRST_PAUSE = timedelta(minutes=5)
"""Before a second try; the next pause is six times as long. A page that gave no title then never will."""
MOST_TOLD = 200
"""Comments with the same link whose pages are printed again when its title arrives; others have it with their next."""
_MOST_BYTES = 128 * 1024
_PAGES = ("text/html", "application/xhtml+xml")

Fetch = Callable[..., fetching.Fetched]


def is_on() -> bool:
    return bool(settings.OPTIONS["link_titles"])


def note(events: Sequence[Event]) -> None:
    """Have the worker ask for what these comments link to (an event consumer)."""
    if not is_on():
        return
    pks = {event.facts["comment"] for event in events}
    shown = Comment.objects.filter(pk__in=pks, state=Comment.State.PUBLISHED).only("pk", "html")
    wanted = {comment.pk: _elsewhere(comment.html) for comment in shown}
    urls = sorted({url for each in wanted.values() for url in each})
    with transaction.atomic():
        LinkedPage.objects.bulk_create([LinkedPage(url=url) for url in urls], ignore_conflicts=True)
        pages = dict(LinkedPage.objects.filter(url__in=urls).values_list("url", "pk"))
        CommentLink.objects.filter(comment__in=wanted).delete()
        CommentLink.objects.bulk_create(
            CommentLink(comment_id=pk, page_id=pages[url]) for pk, each in wanted.items() for url in each
        )


def _elsewhere(html: str) -> list[str]:
    """The first few addresses that lead away from here, each once."""
    links = dict.fromkeys(sanitising.links_in(html))
    away = (url for url in links if url.startswith(("http://", "https://")) and len(url) <= 1000)
    return [url for url in away if urlsplit(url).netloc != urlsplit(settings.URL).netloc][:MOST]


def fetch_waiting(limit: int = 10, fetch: Fetch = fetching.fetch) -> int:
    """Ask for up to `limit` pages that are due; how many there were."""
    if not is_on():
        return 0
    due = list(LinkedPage.objects.filter(due_at__lte=timezone.now()).order_by("due_at")[:limit])
    for page in due:
        _ask(page, fetch)
    return len(due)


def _ask(page: LinkedPage, fetch: Fetch) -> None:
    page.tries, page.asked_at = page.tries + 1, timezone.now()
    try:
        answer = fetch(page.url, most_bytes=_MOST_BYTES, cut=True)
        if answer.content_type not in _PAGES:
            page.due_at, page.problem = None, "it is no page of the web"
        else:
            page.title, page.due_at = title_of(answer.content), None
            page.problem = "" if page.title else "it has no title"
    except NotFetched as problem:
        page.problem = str(problem)[:200]
        again = page.asked_at + FIRST_PAUSE * 6 ** (page.tries - 1)
        page.due_at = None if page.tries >= MOST_TRIES else again
    with transaction.atomic():
        page.save()
        if page.title:
            links = page.links.order_by("-pk").values_list("comment", "comment__thread")[:MOST_TOLD]
            for comment, thread in links:
                record("comment.titled", thread=thread, comment=comment)


def fill(nodes: Iterable[Node]) -> None:
    """Tell each comment of a page what it links to, in one query; in none where titles are off."""
    if not is_on():
        return
    shown = {node.comment.pk: node for node in flat(nodes) if not node.hidden}
    links = CommentLink.objects.filter(comment__in=shown).exclude(page__title="").select_related("page")
    found: dict[int, list[LinkedPage]] = defaultdict(list)
    for link in links.order_by("pk"):
        found[link.comment_id].append(link.page)
    for pk, pages in found.items():
        shown[pk].linked = [Linked(page.url, page.title, urlsplit(page.url).hostname or "") for page in pages]


def forget_unused() -> int:
    """Delete pages that no comment links to any more; the clock calls it."""
    return LinkedPage.objects.filter(links=None).delete()[0]

"""Tell others that something is new here: a WebSub hub that a feed changed, IndexNow that a page did.

Both are off until an option names them. What is to be told stands in rows; the worker tells it once the page is
printed, and again after growing pauses where nobody listens.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction

from broadsheet.articles import syndication
from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.events.models import Event
from broadsheet.kit import fetching
from broadsheet.kit.fetching import NotFetched
from broadsheet.press.models import Announcement, StalePrint

logger = logging.getLogger(__name__)

KINDS = frozenset({"article.published", "article.unpublished"})
INDEXNOW = "https://api.indexnow.org/indexnow"
FIRST_PAUSE = 5.0
"""Seconds in which several articles that are published together become one announcement."""
MOST_TRIES = 8
"""The pauses between them double from a minute: the last comes two hours after the first."""
MOST_AT_ONCE = 500

Send = Callable[..., None]


def note(events: Sequence[Event]) -> None:
    """Write down what is to be told to whom (an event consumer)."""
    pks = [event.facts["article"] for event in events]
    articles = list(Article.objects.exclude(published_on=None).select_related("section").filter(pk__in=pks))
    rows: list[Announcement] = []
    if settings.OPTIONS["websub_hub"]:
        rows += _rows("websub", {path for article in articles for path in _feeds(article)})
    if settings.OPTIONS["indexnow_key"]:
        rows += _rows("indexnow", {article.path for article in articles})
    # One that failed is tried anew: there is something newer to tell.
    Announcement.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["listener", "path"], update_fields=["due_at", "failures"]
    )


def send_due(send: Send = fetching.send) -> int:
    """Tell one listener what is due and printed; how many announcements that were."""
    for listener, tell in (("websub", _tell_hub), ("indexnow", _tell_indexnow)):
        due = Announcement.objects.filter(listener=listener, due_at__lte=time.time()).order_by("due_at")
        rows = [row for row in due[:MOST_AT_ONCE] if not _is_stale(row.path)]
        if rows:
            _tell(rows, tell, send)
            return len(rows)
    return 0


def _rows(listener: str, paths: Iterable[str]) -> list[Announcement]:
    due_at = time.time() + FIRST_PAUSE
    return [Announcement(listener=listener, path=path, due_at=due_at) for path in sorted(paths)]


def _feeds(article: Article) -> list[str]:
    return [feed for place in ("/", *article.lists) for feed in syndication.feeds_of(place)]


def _is_stale(path: str) -> bool:
    """Who hears of a page asks for it at once, and should not get what stood there before."""
    return StalePrint.objects.filter(path=path, at_rest=False).exists()


def _tell(rows: list[Announcement], tell: Callable[[list[Announcement], Send], None], send: Send) -> None:
    try:
        tell(rows, send)
    except NotFetched as problem:
        _try_later(rows, str(problem))
        return
    with transaction.atomic():
        for row in rows:  # one that was noted anew meanwhile stays
            Announcement.objects.filter(pk=row.pk, due_at=row.due_at).delete()


def _try_later(rows: list[Announcement], problem: str) -> None:
    for row in rows:
        same = Announcement.objects.filter(pk=row.pk, due_at=row.due_at)
        if row.failures + 1 >= MOST_TRIES:
            logger.error("%s was not told of %s: %s. It is left at that.", row.listener, row.path, problem)
            same.delete()
        else:
            pause = 60.0 * 2**row.failures
            same.update(failures=row.failures + 1, due_at=time.time() + pause)


def _tell_hub(rows: list[Announcement], send: Send) -> None:
    """https://www.w3.org/TR/websub/ leaves this to hubs; `hub.mode=publish` is what all of them take."""
    topics = [("hub.url", absolute(row.path)) for row in rows]
    content = urlencode([("hub.mode", "publish"), *topics]).encode()
    send(settings.OPTIONS["websub_hub"], content=content, content_type="application/x-www-form-urlencoded")


def _tell_indexnow(rows: list[Announcement], send: Send) -> None:
    """https://www.indexnow.org/documentation"""
    key = settings.OPTIONS["indexnow_key"]
    content: dict[str, Any] = {
        "host": urlsplit(settings.URL).netloc,
        "key": key,
        "keyLocation": absolute(f"/{key}.txt"),
        "urlList": [absolute(row.path) for row in rows],
    }
    send(INDEXNOW, content=json.dumps(content).encode(), content_type="application/json; charset=utf-8")

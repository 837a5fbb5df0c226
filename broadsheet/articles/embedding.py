"""Ask providers about what articles show from elsewhere. The worker does it, never a request; its work is due rows."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection

from broadsheet.articles.models import Embed, Picture
from broadsheet.events.recording import record
from broadsheet.kit import fetching, providers
from broadsheet.kit.examining import Examined, NotTaken, examine
from broadsheet.kit.fetching import NotFetched
from broadsheet.kit.text import clean_line

logger = logging.getLogger(__name__)

MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=2)
"""Before a second try; each further pause is five times as long."""
_MOST_WORDS = 256 * 1024  # bytes
_MOST_PICTURE = 4 * 1024 * 1024  # bytes
COLLECTION = "Previews from elsewhere"

Fetch = Callable[..., fetching.Fetched]


def fetch_waiting(limit: int = 10, fetch: Fetch = fetching.fetch) -> int:
    """Ask about up to `limit` embeds that are due; how many there were."""
    due = list(Embed.objects.filter(due_at__lte=timezone.now()).order_by("due_at")[:limit])
    for embed in due:
        _ask(embed, fetch)
    return len(due)


def _ask(embed: Embed, fetch: Fetch) -> None:
    known = providers.find(embed.url)
    embed.tries += 1
    try:
        if known is None:
            raise NotFetched("its provider is not on our list")
        told = _told(fetch(known.ask, most_bytes=_MOST_WORDS).content)
    except NotFetched as problem:
        _put_off(embed, str(problem), for_ever=known is None)
        return
    preview = _preview(str(told.get("thumbnail_url") or ""), fetch)
    embed.title = clean_line(str(told.get("title") or ""))[:300]
    embed.author = clean_line(str(told.get("author_name") or ""))[:200]
    embed.provider = known.provider
    embed.fetched_at, embed.due_at, embed.problem = timezone.now(), None, ""
    with transaction.atomic():
        embed.picture = _kept(embed, *preview) if preview else None
        embed.save()
        record("embed.fetched", embed=embed.pk)


def _put_off(embed: Embed, problem: str, *, for_ever: bool) -> None:
    embed.problem = problem[:200]
    given_up = for_ever or embed.tries >= MOST_TRIES
    embed.due_at = None if given_up else timezone.now() + FIRST_PAUSE * 5 ** (embed.tries - 1)
    embed.save()
    if given_up:
        logger.warning("Nothing could be learned of %s: %s. It is shown as a link.", embed.url, problem)


def _told(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):  # nested a thousand deep
        told = None
    if not isinstance(told, dict):
        raise NotFetched("the other site did not answer as a site should")
    return told


def _preview(url: str, fetch: Fetch) -> tuple[bytes, Examined] | None:
    """The picture a provider offers; an embed is as good without."""
    if not url.startswith("https://"):
        return None
    try:
        content = fetch(url, most_bytes=_MOST_PICTURE).content
        return content, examine(content)
    except (NotFetched, NotTaken):
        return None


def _kept(embed: Embed, content: bytes, found: Examined) -> Picture:
    """As a picture of ours: in a collection of its own, so that nobody takes it for one of the paper's."""
    picture = Picture(
        title=(embed.title or embed.url)[:255],
        credit=embed.author,
        file_size=len(content),
        collection=_collection(),
    )
    picture.file.save(f"preview-{embed.pk}.{found.extension}", ContentFile(content), save=False)
    picture.width, picture.height = found.width, found.height
    picture.save()
    return picture


def _collection() -> Collection:
    known = Collection.objects.filter(name=COLLECTION).first()
    return known or Collection.get_first_root_node().add_child(name=COLLECTION)

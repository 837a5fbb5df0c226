"""Have the pictures drawn that articles are shared with, outside of any request. Work is rows (`wanted_at`)."""

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.articles import figures
from broadsheet.articles.models import Article, DrawnCard
from broadsheet.events.models import Event
from broadsheet.events.recording import record
from broadsheet.kit import accent, files
from broadsheet.masthead.models import Publication

logger = logging.getLogger(__name__)

KINDS = frozenset(
    {
        "article.published",
        "article.unpublished",
        "picture.prepared",
        "picture.deleted",
        "publication.changed",
    }
)
PATIENCE = 30
"""Seconds after which the child is ended."""
DRAWN_ANEW = 100
"""Articles, the newest, that are drawn anew with another name or colour; older ones keep what they have."""


class NotDrawn(Exception):
    """Its text says why."""


def want(events: Sequence[Event]) -> None:
    """Write down which are to be drawn (an event consumer)."""
    facts = [event.facts for event in events]
    live = Article.objects.filter(live=True)
    articles = {fact["article"] for fact in facts if "article" in fact}
    articles |= {pk for fact in facts for pk in fact.get("articles", ())}
    pks = set(live.filter(pk__in=articles).values_list("pk", flat=True))
    pictures = {fact["picture"] for fact in facts if "picture" in fact}
    drawn = DrawnCard.objects.filter(Q(article__lead_picture__in=pictures) | Q(pk__in=articles))
    pks |= set(drawn.values_list("pk", flat=True))
    if any(event.kind == "publication.changed" for event in events):
        pks |= set(live.order_by("-published_at").values_list("pk", flat=True)[:DRAWN_ANEW])
    now = timezone.now()
    rows = [DrawnCard(article_id=pk, wanted_at=now) for pk in sorted(pks)]
    DrawnCard.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["article"], update_fields=["wanted_at"]
    )


def draw_waiting(limit: int = 1) -> int:
    """Draw up to `limit`, the longest waiting first; how many there were."""
    waiting = DrawnCard.objects.filter(wanted_at__isnull=False).select_related("article")
    found = list(waiting.order_by("wanted_at", "pk")[:limit])
    for card in found:
        _draw(card)
    return len(found)


def path_of(pk: int) -> str:
    """Where the picture of an article stands, in `media/`."""
    return f"cards/{pk}.jpg"


def _draw(card: DrawnCard) -> None:
    file = Path(settings.MEDIA_ROOT) / path_of(card.pk)
    drawn_at: datetime | None = timezone.now()
    try:
        files.replace(file, _drawn(card.article))
        problem = ""
    except NotDrawn as reason:
        drawn_at, problem = None, str(reason)[:200]
        logger.info("No picture is drawn to share “%s”: %s.", card.article, problem)
    with transaction.atomic():
        DrawnCard.objects.filter(pk=card.pk).update(drawn_at=drawn_at, problem=problem)
        DrawnCard.objects.filter(pk=card.pk, wanted_at=card.wanted_at).update(wanted_at=None)
        record("card.drawn", article=card.pk)
    if drawn_at is None:
        file.unlink(missing_ok=True)


def _drawn(article: Article) -> bytes:
    """The picture's bytes, from a limited child process."""
    if not article.live:
        raise NotDrawn("it is not public")
    publication = Publication.current()
    told = {
        "headline": article.headline,
        "name": publication.name,
        "accent": accent.readable_accents(publication.accent)[0],
        "picture": _file_of_lead(article),
    }
    with tempfile.TemporaryDirectory(prefix="broadsheet-card-") as folder:
        out = Path(folder) / "card.jpg"
        command = [sys.executable, "-m", "broadsheet.articles.drawing", str(out)]
        try:
            subprocess.run(  # noqa: S603
                command,
                input=json.dumps(told).encode(),
                capture_output=True,
                timeout=PATIENCE,
                check=True,
                env={},
            )
        except subprocess.TimeoutExpired as error:
            raise NotDrawn(f"it took more than {PATIENCE} seconds") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().splitlines()
            raise NotDrawn(said[-1] if said else f"its draughtsman was ended ({error.returncode})") from error
        return out.read_bytes()


def _file_of_lead(article: Article) -> str:
    """The rendition that is drawn above the headline, if there is one."""
    if article.lead_picture is None or (rendition := figures.plain_rendition(article.lead_picture)) is None:
        return ""
    return str(rendition.file.path) if Path(rendition.file.path).exists() else ""

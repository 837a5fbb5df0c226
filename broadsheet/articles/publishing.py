"""Publish what is due and take back what has expired. The clock calls it; late is better than never."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Revision

from broadsheet.articles.models import Article, StandingPage

logger = logging.getLogger(__name__)

KINDS = (Article, StandingPage)


def publish_due() -> int:
    """Publish and take back everything whose moment has come; how many that were. One that fails stops no other."""
    expired = [
        thing for kind in KINDS for thing in kind.objects.filter(live=True, expire_at__lte=timezone.now())
    ]
    return _each(expired, _take_back) + _each(due_revisions(), _publish)


def due_revisions() -> Iterable[Revision]:
    """Approved revisions whose moment has come, the longest overdue first."""
    kinds = ContentType.objects.get_for_models(*KINDS).values()
    due = Revision.objects.filter(base_content_type__in=kinds, approved_go_live_at__lte=timezone.now())
    revisions: Iterable[Revision] = due.order_by("approved_go_live_at", "pk")
    return revisions


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _take_back(thing: Article | StandingPage) -> None:
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _each(things: Iterable[Any], deed: Callable[[Any], None]) -> int:
    done = 0
    for thing in list(things):
        try:
            deed(thing)
        except Exception:
            logger.exception("%s is due and failed; it will be tried again at the next tick.", thing)
        else:
            done += 1
    return done

"""Take back what is published, an article or a standing page, with a reason that readers are told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from broadsheet.articles import owning
from broadsheet.articles.models import Article, Recall, StandingPage


def recall(thing: Article | StandingPage, *, by: Any, kind: str, words: str = "") -> Recall:
    """Unpublish it and write down why."""
    if not owning.may_publish(by, thing):
        raise PermissionDenied("Only an editor can withdraw what is published.")
    with transaction.atomic():
        made: Recall = thing.recalls.create(kind=kind, words=words, recalled_by=by)
        thing.unpublish()
        reason = f"{made.get_kind_display()}: {words}" if words else made.get_kind_display()
        log(thing, "broadsheet.recall", user=by, data={"said": reason})
    return made

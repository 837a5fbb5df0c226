"""Take a published article back, with a reason that readers are told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from broadsheet.articles import owning
from broadsheet.articles.models import Article, Recall


def recall(article: Article, *, by: Any, kind: str, words: str = "") -> Recall:
    """Unpublish an article and write down why."""
    if not owning.may_publish(by, article):
        raise PermissionDenied("Only an editor can withdraw an article.")
    with transaction.atomic():
        made = Recall.objects.create(article=article, kind=kind, words=words, recalled_by=by)
        article.unpublish()
        reason = f"{made.get_kind_display()}: {words}" if words else made.get_kind_display()
        log(article, "broadsheet.recall", user=by, data={"said": reason})
    return made


def standing_recall(article: Article) -> Recall | None:
    """Why readers cannot read it now, where somebody has said so."""
    standing: Recall | None = article.recalls.filter(ended_at=None).order_by("-recalled_at").first()
    return standing

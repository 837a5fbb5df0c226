"""Notes between those who write: leave one, answer it, resolve it, open it again.

That it was done stands in the article's history; what was written stays beside the article.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from broadsheet.articles import owning
from broadsheet.articles.models import Article, Note


def leave(article: Article, *, by: Any, text: str, quoted: str = "", answers: Note | None = None) -> Note:
    """Leave a note beside an article, or answer one. Talks have one level: an answer to an answer joins its talk."""
    _ask(article, by)
    if answers and answers.article_id != article.pk:
        raise PermissionDenied("That note stands beside another article.")
    opening = (answers.answers or answers) if answers else None
    with transaction.atomic():
        note = Note.objects.create(article=article, written_by=by, text=text, quoted=quoted, answers=opening)
        said = "Answered a note" if opening else "Left a note"
        log(article, "broadsheet.note", user=by, data={"said": said})
    return note


def resolve(note: Note, *, by: Any) -> None:
    """What the note asked for is done; who was first to say so stays."""
    _ask(note.article, by)
    with transaction.atomic():
        still_open = Note.objects.filter(pk=note.pk, resolved_at=None)
        if still_open.update(resolved_by=by, resolved_at=timezone.now()):
            log(note.article, "broadsheet.note", user=by, data={"said": "Resolved a note"})


def reopen(note: Note, *, by: Any) -> None:
    _ask(note.article, by)
    with transaction.atomic():
        resolved = Note.objects.filter(pk=note.pk).exclude(resolved_at=None)
        if resolved.update(resolved_by=None, resolved_at=None):
            log(note.article, "broadsheet.note", user=by, data={"said": "Opened a note again"})


def talks(article: Article) -> QuerySet[Note]:
    """The notes that open talks, open ones first, the newest at the top, each with its answers in order."""
    answers = Note.objects.select_related("written_by").order_by("written_at", "pk")
    openings = Note.objects.filter(article=article, answers=None).select_related("written_by", "resolved_by")
    return openings.prefetch_related(Prefetch("replies", answers)).order_by(
        "resolved_at", "-written_at", "-pk"
    )


def open_count(article: Article) -> int:
    return Note.objects.filter(article=article, answers=None, resolved_at=None).count()


def _ask(article: Article, by: Any) -> None:
    if not owning.may_change(by, article):
        raise PermissionDenied("Only whoever may change an article can leave notes beside it.")

"""Say in public what was wrong or has changed; a correction that was itself wrong is withdrawn with a reason."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from broadsheet.articles import owning
from broadsheet.articles.models import Article, Correction, Version, Withdrawal
from broadsheet.events.recording import record
from broadsheet.kit.text import clean
from broadsheet.readers.models import Reader


class NotPossible(ValueError):
    """The article or correction is not in a state in which this can be done."""


def correct(
    article: Article, *, by: Reader, kind: str, text: str, version: Version | None = None
) -> Correction:
    """Show a correction on a published article; `version` is the one in which it was put right."""
    with transaction.atomic():
        article = _locked(article.pk, by)
        if not article.live:
            raise NotPossible(f"“{article}” is not public, so there is nobody to tell of a correction.")
        if version and version.article_id != article.pk:
            raise NotPossible(f"{version} is none of “{article}”.")
        now = timezone.now()
        made = Correction.objects.create(
            article=article,
            kind=Correction.Kind(kind),
            text=clean(text).strip(),
            version=version,
            made_at=now,
            made_by=by,
        )
        Article.objects.filter(pk=article.pk).update(updated_at=now)
        record("article.corrected", article=article.pk, correction=made.pk)
    return made


def withdraw(correction: Correction, *, by: Reader, reason: str) -> Correction:
    """Take a correction back; it stays readable, with the reason."""
    with transaction.atomic():
        article = _locked(correction.article_id, by)
        if Withdrawal.objects.filter(correction=correction).exists():
            raise NotPossible("This correction has been withdrawn already.")
        Withdrawal.objects.create(correction=correction, withdrawn_by=by, reason=clean(reason).strip())
        Article.objects.filter(pk=article.pk).update(updated_at=timezone.now())
        record("article.corrected", article=article.pk, correction=correction.pk)
    return Correction.objects.select_related("withdrawal", "article").get(pk=correction.pk)


def _locked(pk: int, by: Reader) -> Article:
    article: Article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if not owning.may_publish(by, article):
        raise PermissionDenied("Only those who may publish an article can correct it.")
    return article

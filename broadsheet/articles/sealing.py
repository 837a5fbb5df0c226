"""Take the text of an earlier version from readers, where law or somebody's safety wants it, and say so in public."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from broadsheet.articles import owning
from broadsheet.articles.correcting import NotPossible
from broadsheet.articles.models import Article, Seal, Version
from broadsheet.events.recording import record
from broadsheet.kit.text import clean_line
from broadsheet.readers.models import Reader


def seal(version: Version, *, by: Reader, reason: str) -> Seal:
    """Answer for the text of an earlier version only that it was removed, when, and why."""
    with transaction.atomic():
        article = _locked(version, by)
        newest = Version.objects.filter(article=article).order_by("-number").first()
        if article.live and newest == version:
            raise NotPossible(
                "This version is what readers see now. Publish a changed one first, or unpublish the article."
            )
        if version.seals.filter(undone_at=None).exists():
            raise NotPossible("This version has been removed already.")
        made = Seal.objects.create(version=version, sealed_by=by, reason=clean_line(reason))
        record("article.sealed", article=article.pk, version=version.number)
    return made


def unseal(version: Version, *, by: Reader) -> None:
    """Give a version back to readers; that it was away stays on record."""
    with transaction.atomic():
        article = _locked(version, by)
        standing = version.seals.filter(undone_at=None)
        if not standing.update(undone_at=timezone.now(), undone_by=by):
            raise NotPossible("This version has not been removed.")
        record("article.sealed", article=article.pk, version=version.number)


def _locked(version: Version, by: Reader) -> Article:
    if not by.has_perms([owning.PUBLISH, owning.CHANGE]):
        raise PermissionDenied(
            "Only those who may publish everybody's articles can remove what was published."
        )
    article: Article = Article.objects.select_for_update(of=("self",)).get(pk=version.article_id)
    return article

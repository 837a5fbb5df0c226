"""What has been said in public about an article since it appeared."""

from django.db.models import Exists, OuterRef, QuerySet

from broadsheet.articles.models import Article, Correction

_ON_TOP = (Correction.Kind.RETRACTION, Correction.Kind.CORRECTION)
"""Kinds that readers should know before they read, the gravest first."""


def of_article(article: Article) -> list[Correction]:
    """The corrections of an article, withdrawn ones too, in the order in which they were made."""
    if article.pk is None:  # the preview of one that was never saved
        return []
    return sorted(article.corrections.all(), key=lambda correction: (correction.made_at, correction.pk))


def on_top(corrections: list[Correction]) -> Correction | None:
    """The one that stands above the text: a retraction, or else the latest correction."""
    standing = [correction for correction in corrections if correction.stands]
    return next(
        (correction for kind in _ON_TOP for correction in reversed(standing) if correction.kind == kind), None
    )


def is_retracted(corrections: list[Correction]) -> bool:
    return any(
        correction.stands and correction.kind == Correction.Kind.RETRACTION for correction in corrections
    )


def retraction() -> Exists:
    """For a query of articles: whether each is retracted."""
    retracting = Correction.objects.filter(
        article=OuterRef("pk"), kind=Correction.Kind.RETRACTION, withdrawal=None
    )
    return Exists(retracting)


def newest() -> QuerySet[Correction]:
    """The corrections of everything that is public, the newest first."""
    found: QuerySet[Correction] = Correction.objects.filter(article__live=True).order_by("-made_at", "-pk")
    return found.select_related("article", "version", "withdrawal").defer("article__body", "version__wording")

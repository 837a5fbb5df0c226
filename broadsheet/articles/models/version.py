"""What readers were given, each time an article changed in public; and that some of it was taken away since."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from broadsheet.articles import wording
from broadsheet.kit import differing


class Version(models.Model):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    """1, 2, 3, … for each article: part of its address, never given again."""
    wording = models.JSONField()
    """An own copy (articles/wording.py says of what): a revision may be written over or cleared away."""
    words_gone = models.PositiveIntegerField(default=0)
    words_new = models.PositiveIntegerField(default=0)
    """Against the version before."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_version")]

    def __str__(self) -> str:
        return f"version {self.number} of “{self.wording['headline']}”"

    @classmethod
    def keep(cls, article: Any, *, at: datetime, by: Any = None) -> "Version | None":
        """Keep what readers are given from now on; None where that is what they were given before.

        Words that were sealed and are published again all the same are a version of their own: readers have them.
        Call it in the transaction that publishes, with the article locked: the numbers follow each other.
        """
        latest = cls.objects.filter(article=article).order_by("-number").first()
        said = wording.wording_of(article)
        if latest and latest.wording == said and not latest.seals.filter(undone_at=None).exists():
            return None
        if latest is None:
            return cls.objects.create(
                article=article, number=1, wording=said, published_at=at, published_by=by
            )
        became = differing.changes(wording.lines(latest.wording), wording.lines(said))
        return cls.objects.create(
            article=article,
            number=latest.number + 1,
            wording=said,
            words_gone=differing.count(became, "gone"),
            words_new=differing.count(became, "new"),
            published_at=at,
            published_by=by,
        )

    @classmethod
    def keep_first(cls, article: Any) -> None:
        """Keep what is public of an article that came without versions (imported), before that changes."""
        if article.live and not cls.objects.filter(article=article).exists():
            known = [article.published_at, article.last_published_at, article.updated_at]
            cls.keep(article, at=max(filter(None, known), default=timezone.now()))

    @property
    def path(self) -> str:
        return f"{self.article.path}history/{self.number}/"

    @property
    def seal(self) -> "Seal | None":
        """What keeps its text from readers; the seals are expected to be fetched with it."""
        return next((seal for seal in self.seals.all() if seal.undone_at is None), None)


class Seal(models.Model):
    """The text of a version was taken from readers for good reason: law, or somebody's safety."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="seals")
    reason = models.CharField(max_length=200)
    """Public: “it named a minor”."""
    sealed_at = models.DateTimeField(auto_now_add=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(undone_at__isnull=True), name="one_standing_seal"
            ),
        ]

    def __str__(self) -> str:
        return f"seal on {self.version}: {self.reason}"

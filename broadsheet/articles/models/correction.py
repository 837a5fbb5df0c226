"""A dated, signed, visible note about what was wrong or has changed. It may be withdrawn, and is never deleted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.articles.models.version import Version


class Correction(models.Model):
    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", _("Update")
        RETRACTION = "retraction", _("Retraction")

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.CORRECTION)
    text = models.TextField(max_length=5000)
    """Plain text; what was wrong, and what is right."""
    version = models.ForeignKey(
        Version, on_delete=models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    """The version in which it was put right, where there is one."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="correction_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.article_id}"

    @property
    def anchor(self) -> str:
        return f"correction-{self.pk}"

    @property
    def path(self) -> str:
        """Where it stands under its article."""
        return f"{self.article.path}#{self.anchor}"

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn; the withdrawal is expected to be fetched with it."""
        return not hasattr(self, "withdrawal")


class Withdrawal(models.Model):
    """A correction that was itself wrong: it stays to be read, with the reason."""

    correction = models.OneToOneField(Correction, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    withdrawn_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"withdrawal of {self.correction_id}: {self.reason}"

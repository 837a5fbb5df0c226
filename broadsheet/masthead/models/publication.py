"""The publication itself: one row."""

from django.core.validators import RegexValidator
from django.db import models


class Publication(models.Model):
    name = models.CharField(max_length=120)
    motto = models.CharField(max_length=200, blank=True)
    description = models.CharField(
        max_length=300, blank=True, help_text="One sentence for feeds and search engines."
    )
    contact = models.EmailField(
        blank=True, help_text="Where people may write; shown in /.well-known/security.txt."
    )
    accent = models.CharField(
        max_length=7,
        default="#9c1c1f",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "A colour such as #9c1c1f.")],
        help_text="The one colour of links and marks.",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_publication")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Publication":
        """The publication; before `broadsheet init` an unsaved one with a plain name."""
        return cls.objects.first() or cls(pk=1, name="Untitled")

"""Somebody who writes for the publication, with or without an account."""

from django.conf import settings
from django.db import models

from broadsheet.kit.confusables import skeleton


class Person(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    role = models.CharField(max_length=120, blank=True, help_text="Such as “Harbour correspondent”.")
    biography = models.TextField(blank=True)
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    name_skeleton = models.CharField(max_length=240, editable=False, db_index=True)
    """What the name looks like, so that a guest cannot use a look-alike."""

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_skeleton = skeleton(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def path(self) -> str:
        return f"/by/{self.slug}/"

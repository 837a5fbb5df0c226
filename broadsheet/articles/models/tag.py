"""A tag: a word that joins articles across sections."""

from django.db import models
from taggit.models import TagBase


class Tag(TagBase):
    free_tagging = True

    class Meta:
        verbose_name = "tag"
        verbose_name_plural = "tags"

    def __str__(self) -> str:
        return str(self.name)

    @property
    def path(self) -> str:
        return f"/tag/{self.slug}/"

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)

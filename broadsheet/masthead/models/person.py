"""Somebody who writes for the publication, with or without an account."""

from django.conf import settings
from django.db import models


class Person(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    role = models.CharField(max_length=120, blank=True, help_text="Such as “Harbour correspondent”.")
    biography = models.TextField(blank=True)
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/by/{self.slug}/"

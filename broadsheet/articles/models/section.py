"""A section of the paper, such as Harbour or Letters."""

from django.db import models


class Section(models.Model):
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    description = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Its place in the menu; 0 leaves it to the name."
    )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/section/{self.slug}/"

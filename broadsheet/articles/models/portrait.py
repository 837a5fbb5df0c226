"""The picture of somebody who writes; it hangs here, since people stand below pictures in the house."""

from django.db import models

from broadsheet.articles.models.picture import Picture
from broadsheet.masthead.models import Person


class Portrait(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="portrait")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="portraits")
    alt = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"portrait of {self.person}"

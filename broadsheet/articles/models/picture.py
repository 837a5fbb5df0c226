"""A picture in the library, with the words that always go with it."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    prepared_at = models.DateTimeField(null=True, editable=False)
    """When the worker made its renditions; null is work to do."""
    problem = models.CharField(max_length=200, blank=True, editable=False)
    """Why it has none: the file cannot be read."""

    admin_form_fields = (*Image.admin_form_fields, "caption", "credit")

    def __str__(self) -> str:
        return str(self.title)

    def _set_image_file_metadata(self) -> None:
        """Wagtail calls this whenever the file is another: its renditions are to be made anew."""
        super()._set_image_file_metadata()
        self.prepared_at = None


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition"),
        ]

    def __str__(self) -> str:
        return f"{self.image} {self.filter_spec}"

"""A picture in the library, with the words that always go with it."""

from collections import defaultdict
from typing import Any

from django.db import models, transaction
from wagtail.images.models import AbstractImage, AbstractRendition, Image, ImageQuerySet
from wagtail.models import ReferenceIndex

from broadsheet.events.recording import record


class PictureQuerySet(ImageQuerySet):
    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            for picture in self:
                picture.record_leaving()
            deleted: tuple[int, dict[str, int]] = super().delete()
        return deleted


class Picture(AbstractImage):
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    prepared_at = models.DateTimeField(null=True, editable=False)
    """When the worker made its renditions; null is work to do."""
    problem = models.CharField(max_length=200, blank=True, editable=False)
    """Why it has none: the file cannot be read."""

    objects = PictureQuerySet.as_manager()

    admin_form_fields = (*Image.admin_form_fields, "caption", "credit")

    def __str__(self) -> str:
        return str(self.title)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            self.record_leaving()
            deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted

    def record_leaving(self) -> None:
        """Who shows it is looked up now: nobody knows any more when it is gone."""
        used = ReferenceIndex.get_references_to(self).values_list("base_content_type__model", "object_id")
        shown_in: dict[str, list[int]] = defaultdict(list)
        for kind, pk in used:
            shown_in[kind].append(int(pk))
        record(
            "picture.deleted",
            articles=sorted({*shown_in["article"], *self.leading.values_list("pk", flat=True)}),
            pages=shown_in["standingpage"],
            people=list(self.portraits.values_list("person", flat=True)),
            embeds=list(self.embeds.values_list("pk", flat=True)),
        )

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

"""What editors fill in about a picture: Wagtail's form, whose field of tags no screen reader could name."""

import json
from typing import Any, ClassVar

from django.db import transaction
from wagtail.admin.widgets import AdminTagWidget
from wagtail.images.forms import BaseImageForm

from broadsheet.articles.models import Picture
from broadsheet.events.recording import record


class NamedTagWidget(AdminTagWidget):
    """The script makes a field of its own beside the one that the label belongs to; a placeholder is all it takes."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        options = json.loads(given["data-w-tag-options-value"])
        given["data-w-tag-options-value"] = json.dumps(options | {"placeholderText": "Tags"})
        return context


class PictureForm(BaseImageForm):
    def save(self, commit: bool = True) -> Picture:
        """Pages that show the picture may show its words, too."""
        known = self.instance.pk is not None
        with transaction.atomic():
            picture: Picture = super().save(commit)
            if known and commit:
                record("picture.changed", picture=picture.pk)
        return picture

    class Meta(BaseImageForm.Meta):
        widgets: ClassVar[dict[str, Any]] = {**BaseImageForm.Meta.widgets, "tags": NamedTagWidget}

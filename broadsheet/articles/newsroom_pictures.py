"""What editors fill in about a picture: Wagtail's form, whose field of tags no screen reader could name."""

import json
from typing import Any, ClassVar

from wagtail.admin.widgets import AdminTagWidget
from wagtail.images.forms import BaseImageForm


class NamedTagWidget(AdminTagWidget):
    """The script makes a field of its own beside the one that the label belongs to; a placeholder is all it takes."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        options = json.loads(given["data-w-tag-options-value"])
        given["data-w-tag-options-value"] = json.dumps(options | {"placeholderText": "Tags"})
        return context


class PictureForm(BaseImageForm):
    class Meta(BaseImageForm.Meta):
        widgets: ClassVar[dict[str, Any]] = {**BaseImageForm.Meta.widgets, "tags": NamedTagWidget}

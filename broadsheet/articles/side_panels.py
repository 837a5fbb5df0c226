"""What stands beside the editor: hints and measures before publishing, and the notes of colleagues."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.side_panels import BaseSidePanel

from broadsheet.articles import body, hints, noting
from broadsheet.kit import text, words


class HintsSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle hints before publishing"
        icon_name = "check"
        counter_classname = "w-bg-info-100"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": len(self.panel.hints)}

    name = "hints"
    title = "Before publishing"
    template_name = "articles/newsroom/hints.html"
    order = 350

    @cached_property
    def hints(self) -> list[str]:
        return hints.every(self.object)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        plain = text.plain(body.body_html(self.object.body, {}))
        measures = {"words": words.count(plain), "minutes": words.minutes(plain)}
        return {**super().get_context_data(parent_context), "hints": self.hints, **measures}


class NotesSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle notes"
        icon_name = "comment"

        def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": noting.open_count(self.panel.object)}

    name = "notes"
    title = "Notes"
    template_name = "articles/newsroom/notes_panel.html"
    order = 360

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "talks": noting.talks(self.object)}

"""What stands beside the editor of an article, a section or the publication: the rules of its discussion."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.side_panels import BaseSidePanel

from broadsheet.articles.models import Article
from broadsheet.discussion import newsroom_rules, ruling, telling


class DiscussionSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Toggle the rules of the discussion"
        icon_name = "group"

    name = "discussion"
    title = "Discussion"
    template_name = "discussion/newsroom/rules_panel.html"
    order = 370

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        subject = self.object
        known: dict[str, Any] = {"path": newsroom_rules.rules_path(subject), "own": ruling.own(subject)}
        if isinstance(subject, Article):
            known["told"] = telling.told(subject, ruling.of_article(subject))
        return {**super().get_context_data(parent_context), **known}

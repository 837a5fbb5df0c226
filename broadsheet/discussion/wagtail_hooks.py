"""Comments in the newsroom's menu, its addresses, and its first page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter

from broadsheet.articles.models import Article
from broadsheet.discussion import (
    deciding,
    newsroom,
    newsroom_rules,
    ruling,
    side_panels,
    wagtail_asking,
    waiting,
)
from broadsheet.readers.proving import reader_of


@hooks.register("register_admin_urls")
def comment_urls() -> list[URLPattern]:
    return [
        path("comments/", newsroom.pile, name="newsroom_comments"),
        path("comments/at/<path:address>", newsroom.comment_at, name="newsroom_comment_at"),
        path("comments/<int:pk>/", newsroom.comment, name="newsroom_comment"),
        path(
            "comments/pictures/<str:key>-<int:width>.webp", newsroom.picture, name="newsroom_comment_picture"
        ),
        path("comments/<slug:name>/", newsroom.pile, name="newsroom_comments_pile"),
        path("comments/<int:pk>/approval/", newsroom.approval, name="newsroom_comment_approval"),
        path("comments/<int:pk>/hold/", newsroom.hold, name="newsroom_comment_hold"),
        path("comments/<int:pk>/removal/", newsroom.removal, name="newsroom_comment_removal"),
        path("comments/<int:pk>/restoration/", newsroom.restoration, name="newsroom_comment_restoration"),
        path("comments/<int:pk>/upholding/", newsroom.upholding, name="newsroom_comment_upholding"),
        path("comments/<int:pk>/pin/", newsroom.pin, name="newsroom_comment_pin"),
        path("comments/<int:pk>/unpinning/", newsroom.unpinning, name="newsroom_comment_unpinning"),
        path("comments/<int:pk>/pick/", newsroom.pick, name="newsroom_comment_pick"),
        path("comments/<int:pk>/unpicking/", newsroom.unpicking, name="newsroom_comment_unpicking"),
        path("comments/<int:pk>/closure/", newsroom.closure, name="newsroom_comment_closure"),
        path("comments/<int:pk>/reopening/", newsroom.reopening, name="newsroom_comment_reopening"),
    ]


@hooks.register("register_admin_urls")
def asking_urls() -> list[URLPattern]:
    return wagtail_asking.urls()


hooks.register("register_admin_menu_item")(wagtail_asking.menu_item)


@hooks.register("register_snippet_listing_buttons")
def asking_buttons(thing: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from wagtail_asking.buttons(thing, user)


@hooks.register("register_snippet_action_menu_item")
def ask_in_the_editor(model: type[Any]) -> wagtail_asking.AskMenuItem | None:
    return wagtail_asking.AskMenuItem(order=75) if model is Article else None


@hooks.register("register_admin_urls")
def rules_urls() -> list[URLPattern]:
    screens = newsroom_rules
    return [
        path("discussion/rules/", screens.publication_rules, name="newsroom_rules"),
        path("discussion/rules/sections/<int:pk>/", screens.section_rules, name="newsroom_rules_section"),
        path("discussion/rules/articles/<int:pk>/", screens.article_rules, name="newsroom_rules_article"),
        path("discussion/articles/<int:pk>/closure/", screens.closure, name="newsroom_discussion_closure"),
        path(
            "discussion/articles/<int:pk>/reopening/", screens.reopening, name="newsroom_discussion_reopening"
        ),
    ]


@hooks.register("side_panels")
def rules_beside(subject: Any, request: HttpRequest) -> list[side_panels.DiscussionSidePanel]:
    """Beside whatever has rules of its own, for whoever may set them."""
    if not isinstance(subject, ruling.SUBJECTS) or not ruling.may_set(reader_of(request), subject):
        return []
    return [side_panels.DiscussionSidePanel(subject, request)]


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(deciding.PERMISSION))


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> CommentsMenuItem:
    return CommentsMenuItem(
        "Comments", reverse("newsroom_comments"), name="comments", icon_name="comment", order=110
    )


class WaitingPanel(Component):
    name = "comments-waiting"
    order = 20
    template_name = "discussion/newsroom/panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"waiting_count": waiting.WAITING.count()}


class DiscussedPanel(Component):
    """What readers talk about: the liveliest threads of the last day."""

    name = "discussed"
    order = 40
    template_name = "discussion/newsroom/discussed.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"discussed": waiting.discussed_lately()}


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(deciding.PERMISSION):
        panels += [WaitingPanel(), DiscussedPanel()]


class SaidFormatter(LogFormatter):
    """In the words it was recorded with."""

    def format_message(self, log_entry: Any) -> str:
        return str(log_entry.data.get("said") or self.label)


class DecisionFormatter(LogFormatter):
    """A decision in the newsroom's history, with its reason where there is one."""

    def format_message(self, log_entry: Any) -> str:
        reason = log_entry.data.get("reason")
        return f"{self.label}: {reason}" if reason else str(self.label)


@hooks.register("register_log_actions")
def decisions(actions: Any) -> None:
    labels = {
        "approve": "Publish a comment",
        "hold": "Hold a comment",
        "remove": "Remove a comment",
        "restore": "Restore a comment",
        "uphold": "Uphold the removal of a comment",
        "pin": "Pin a comment",
        "unpin": "Unpin a comment",
        "pick": "Pick a comment",
        "unpick": "Take a comment off the picks",
        "close_conversation": "Close a conversation",
        "reopen_conversation": "Open a conversation again",
    }
    for decision, label in labels.items():
        formatter = type(f"{decision.title()}Formatter", (DecisionFormatter,), {"label": label})
        actions.register_action(f"broadsheet.{decision}")(formatter)
    for deed, label in (
        ("rule", "Set the rules of a discussion"),
        ("close_discussion", "Close a discussion"),
        ("reopen_discussion", "Open a discussion again"),
    ):
        formatter = type(f"{deed.title()}Formatter", (SaidFormatter,), {"label": label})
        actions.register_action(f"broadsheet.{deed}")(formatter)

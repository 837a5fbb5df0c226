"""The newsroom's menu and first page, as far as articles go."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from broadsheet.articles import (
    approving,
    dashboard,
    newsroom,
    newsroom_corrections,
    newsroom_front,
    newsroom_links,
    newsroom_people,
    owning,
    rich_text,
)
from broadsheet.articles.models import Article

for viewset in (
    newsroom.ArticleViewSet,
    newsroom.StandingPageViewSet,
    newsroom.SectionViewSet,
    newsroom.TagViewSet,
    newsroom_people.PersonViewSet,
    newsroom_front.ArrangementViewSet,
):
    register_snippet(viewset)

approving.send_no_letters()


@hooks.register("register_admin_urls")
def correction_urls() -> list[URLPattern]:
    screens = newsroom_corrections
    return [
        path("articles/<int:pk>/corrections/", screens.article_corrections, name="newsroom_corrections"),
        path("corrections/<int:pk>/withdrawal/", screens.withdrawal, name="newsroom_correction_withdrawal"),
        path("versions/<int:pk>/seal/", screens.version_seal, name="newsroom_version_seal"),
        path("front-pages/", newsroom_front.fronts, name="newsroom_fronts"),
        path("front-pages/<int:pk>/", newsroom_front.front_preview, name="newsroom_front"),
        path("front-pages/<int:pk>/return/", newsroom_front.front_return, name="newsroom_front_return"),
        path("links/", newsroom_links.choose, name="newsroom_links"),
        path("links/found/", newsroom_links.search, name="newsroom_links_found"),
        path("versions/<int:pk>/unsealing/", screens.version_unsealing, name="newsroom_version_unsealing"),
    ]


@hooks.register("register_admin_menu_item")
def front_page_menu_item() -> newsroom_front.FrontPageMenuItem:
    url = reverse(newsroom_front.ArrangementViewSet().get_url_name("edit"), args=[1])
    return newsroom_front.FrontPageMenuItem("Front page", url, name="front-page", icon_name="home", order=140)


@hooks.register("register_admin_search_area")
def articles_search_area() -> SearchArea:
    url = reverse(newsroom.ArticleViewSet().get_url_name("list"))
    return SearchArea("Articles", url, name="articles", icon_name="doc-full", order=1)


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(owning.ADD):
        panels += [dashboard.ClockPanel(), dashboard.ArticlesPanel(request.user)]


@hooks.register("before_delete_snippet")
def keep_what_was_public(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    if reason := newsroom.refusal_to_delete(instances):
        messages.error(request, reason)
        return redirect("wagtailadmin_home")
    return None


hooks.register("register_rich_text_features", order=10)(rich_text.register)  # after Wagtail's, in their place


@hooks.register("register_snippet_listing_buttons")
def article_buttons(thing: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Copy an article; call off what is scheduled."""
    if not isinstance(thing, Article):
        return
    url = newsroom.ArticleViewSet().get_url_name
    yield Button("Copy", reverse(url("duplicate"), args=[thing.pk]), icon_name="copy", priority=40)
    if (revision := getattr(thing, "scheduled_revision_id", None)) and owning.may_publish(user, thing):
        unschedule = reverse(url("revisions_unschedule"), args=[thing.pk, revision])
        yield Button("Unschedule", f"{unschedule}?next={next_url or ''}", icon_name="calendar", priority=50)


class CopyMenuItem(ActionMenuItem):
    name = "action-copy"
    label = "Copy"
    icon_name = "copy"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return bool(context["view"] == "edit")

    def get_url(self, parent_context: dict[str, Any]) -> str:
        url: str = newsroom.ArticleViewSet().get_url_name("duplicate")
        return reverse(url, args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def copy_in_the_editor(model: type[Any]) -> CopyMenuItem | None:
    return CopyMenuItem(order=70) if model is Article else None


class SaidFormatter(LogFormatter):
    """Deeds of our own in the history, in the words they were recorded with."""

    def format_message(self, log_entry: Any) -> str:
        return str(log_entry.data.get("said") or self.label)


@hooks.register("register_log_actions")
def our_deeds(actions: Any) -> None:
    for name, label in (
        ("recall", "Withdraw"),
        ("duplicate", "Copy"),
        ("note", "Note"),
        ("put_back", "Put back"),
    ):
        formatter = type(f"{name.title()}Formatter", (SaidFormatter,), {"label": label})
        actions.register_action(f"broadsheet.{name}")(formatter)

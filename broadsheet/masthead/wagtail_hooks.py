"""The newsroom's frame: its menu in the order of a day's work, and none of what belongs to a page tree."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from broadsheet.masthead import newsroom

_HIDDEN = {"explorer", "documents", "reports", "help", "snippets"}
_SETTINGS = {"users", "groups"}
_SEARCHES = {"pages", "documents"}

register_snippet(newsroom.PersonViewSet)
register_snippet(newsroom.PublicationViewSet)


@hooks.register("register_admin_menu_item")
def publication_menu_item() -> newsroom.PublicationMenuItem:
    url = reverse(newsroom.PublicationViewSet().get_url_name("edit"), args=[1])
    return newsroom.PublicationMenuItem("Publication", url, name="publication", icon_name="site", order=900)


@hooks.register("construct_main_menu")
def hide_the_page_tree(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in _HIDDEN]


@hooks.register("construct_settings_menu")
def keep_accounts_and_groups(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name in _SETTINGS]


@hooks.register("construct_search")
def search_no_pages(request: HttpRequest, areas: list[Any]) -> None:
    areas[:] = [area for area in areas if area.name not in _SEARCHES]


@hooks.register("construct_homepage_summary_items")
def count_no_pages(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("construct_homepage_panels", order=-10)
def show_only_our_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.clear()


@hooks.register("before_delete_snippet", order=-10)
def delete_one_at_a_time(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Wagtail's bulk deletion records nothing, so pages that show what it deletes would stay as they are."""
    if request.resolver_match is None or request.resolver_match.url_name != "wagtail_bulk_action":
        return None
    messages.error(request, "Please delete these one at a time.")
    return redirect("wagtailadmin_home")

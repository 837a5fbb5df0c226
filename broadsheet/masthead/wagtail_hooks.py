"""The newsroom's frame: its menu in the order of a day's work, and none of what belongs to a page tree."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from broadsheet.masthead import newsroom

_HIDDEN = {"explorer", "documents", "reports", "help", "snippets"}
_SETTINGS = {"users"}
_SEARCHES = {"pages", "documents"}

register_snippet(newsroom.PublicationViewSet)


@hooks.register("register_admin_menu_item")
def publication_menu_item() -> newsroom.PublicationMenuItem:
    url = reverse(newsroom.PublicationViewSet().get_url_name("edit"), args=[1])
    return newsroom.PublicationMenuItem("Publication", url, name="publication", icon_name="site", order=900)


@hooks.register("construct_main_menu")
def hide_the_page_tree(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in _HIDDEN]


@hooks.register("construct_settings_menu")
def keep_accounts(request: HttpRequest, items: list[Any]) -> None:
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


@hooks.register("insert_global_admin_js")
def name_dialogs() -> SafeString:
    return format_html('<script src="{}" type="module"></script>', static("masthead/newsroom/dialogs.js"))


@hooks.register("insert_global_admin_css")
def dress_as_the_paper() -> SafeString:
    """The paper's colours, then the publisher's own."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="/accent.css">',
        static("masthead/newsroom.css"),
    )

"""The newsroom's menu and first page, as far as articles go."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.snippets.models import register_snippet

from broadsheet.articles import dashboard, newsroom, rich_text

for viewset in (
    newsroom.ArticleViewSet,
    newsroom.StandingPageViewSet,
    newsroom.SectionViewSet,
    newsroom.TagViewSet,
):
    register_snippet(viewset)


@hooks.register("register_admin_search_area")
def articles_search_area() -> SearchArea:
    url = reverse(newsroom.ArticleViewSet().get_url_name("list"))
    return SearchArea("Articles", url, name="articles", icon_name="doc-full", order=1)


@hooks.register("construct_homepage_panels")
def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(dashboard.ClockPanel())
    if request.user.has_perm("articles.change_article"):
        panels.append(dashboard.ArticlesPanel())


@hooks.register("before_delete_snippet")
def keep_what_was_public(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    if reason := newsroom.refusal_to_delete(instances):
        messages.error(request, reason)
        return redirect("wagtailadmin_home")
    return None


hooks.register("register_rich_text_features")(rich_text.register)

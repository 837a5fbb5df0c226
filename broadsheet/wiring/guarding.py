"""The newsroom's guard: each of its addresses asks for a right (`newsroom_addresses.py`) before anything else runs.

Wagtail's own screens ask too, but not all of them, and none asks whose article it is.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.defaults import page_not_found
from wagtail.admin.auth import permission_denied, reject_request

from broadsheet.articles.models import Article
from broadsheet.articles.owning import ArticlePolicy
from broadsheet.masthead import roles
from broadsheet.wiring import newsroom_addresses as addresses

NEWSROOM = "newsroom/"
ENTER = "enter"


class NewsroomGuard:
    """Middleware: lets through whoever may, tells everybody else."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None lets the view answer. It goes by what the address resolved to, so no way of writing it goes around."""
        if not request.resolver_match or not request.resolver_match.route.startswith(NEWSROOM):
            return None
        try:
            answer = _answer_instead(request, name_of(request.resolver_match), kwargs)
        except Http404 as missing:
            answer = page_not_found(request, missing, template_name="wagtailadmin/404.html")
        if answer:
            add_never_cache_headers(answer)
        return answer


def name_of(match: Any) -> str:
    """What the table knows an address by; a bulk deed goes by what it is done to."""
    name: str = match.view_name
    if name == "wagtail_bulk_action":
        return f"{name} {match.kwargs['app_label']}.{match.kwargs['model_name']}"
    return name


def _answer_instead(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> HttpResponse | None:
    right = addresses.right_for(name)
    if request.method not in addresses.methods_of(name):
        return HttpResponseNotAllowed(sorted(addresses.methods_of(name)))
    if right == addresses.OPEN:
        return None
    if not _holds(request.user, ENTER):
        refused: HttpResponse = reject_request(request)
        return refused
    if not right:
        raise Http404
    if not _holds(request.user, right) or not _may_with_this_one(request.user, name, kwargs):
        denied: HttpResponse = permission_denied(request)
        return denied
    return None


def _holds(user: Any, right: str) -> bool:
    return bool(user.is_active and user.has_perms(roles.RIGHTS[right].permissions))


def _may_with_this_one(user: Any, name: str, kwargs: dict[str, Any]) -> bool:
    """Whether an article that the address names may be changed by them."""
    if "pk" not in kwargs or not name.startswith("wagtailsnippets_articles_article:"):
        return True
    if not str(kwargs["pk"]).isdecimal():
        raise Http404
    article = get_object_or_404(Article, pk=kwargs["pk"])
    deed = addresses.DEEDS_OF_ONE.get(name, "change")
    return ArticlePolicy(Article).user_has_permission_for_instance(user, deed, article)

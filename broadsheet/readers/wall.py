"""Middleware: in the newsroom, whoever lacks a second factor they need may look and write drafts, and no more.

It stands before every view there, ours and the engine's, so that no way to publish, decide or delete is forgotten: what
is not known to be about drafts is refused. `second_factor.not_needed` marks a view that is.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch
from wagtail.models import DraftStateMixin

from broadsheet.readers import second_factor
from broadsheet.readers.models import Reader

NEWSROOM = "newsroom/"
SAFE = {"GET", "HEAD", "OPTIONS"}

OWN = ("account_", "mfa_", "security_", "sign_", "own_account", "wagtailadmin_logout")
"""Beginnings of the names of what concerns oneself."""
ENGINE = (
    "wagtailadmin_choose_page_",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:",
    "wagtailembeds:chooser",
    "wagtailimages:add",
    "wagtailimages:create_multiple",
    "wagtailimages:delete_upload",
    "wagtailimages_chooser:",
)
"""And of what a draft needs of the engine: who else has it open, links and pictures to put into it."""
WRITING = {"add", "edit", "preview_on_add", "preview_on_edit", "lock", "unlock"}
"""What may be done to a thing that has drafts."""
PUBLISHING = ("action-publish", "action-workflow-action", "action-unpublish")
"""Buttons of the form of a thing that has drafts which do more than to save one."""


class SecondFactorWall:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if request.method in SAFE or match is None or not match.route.startswith(NEWSROOM):
            return None
        if not isinstance(request.user, Reader) or _is_free(match, request):
            return None
        return refusal(request) if second_factor.stops(request.user) else None


def refusal(request: HttpRequest) -> HttpResponse:
    """The page that says what to do. It carries everything that was typed, to be sent again or kept as a draft."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in typed if name not in {"csrfmiddlewaretoken", *PUBLISHING}]
    buttons = [(name, value) for name, value in typed if name in PUBLISHING]
    context = {
        "fields": fields,
        "buttons": buttons,
        "draft": bool(buttons) and _has_drafts(request.resolver_match),
    }
    return render(request, "readers/second_factor_needed.html", context, status=403)


def _is_free(match: ResolverMatch, request: HttpRequest) -> bool:
    if getattr(match.func, "needs_no_second_factor", False):
        return True
    if match.view_name.startswith((*OWN, *ENGINE)):
        return True
    drafts = match.url_name in WRITING and _has_drafts(match)
    return drafts and not any(button in request.POST for button in PUBLISHING)


def _has_drafts(match: ResolverMatch | None) -> bool:
    """Whether what this view writes stays unseen until it is published."""
    if match is None or not match.namespace.startswith("wagtailsnippets_"):
        return False
    model = getattr(match.func, "view_initkwargs", {}).get("model")
    return isinstance(model, type) and issubclass(model, DraftStateMixin)

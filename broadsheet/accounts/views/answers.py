"""What the pages of an account have in common: who may ask, that nothing is kept between, and how they are made.

They carry no token, and nobody gets a cookie before they have begun to sign in: that a form comes from our own page the
browser says itself (`discussion/origin.py`). Where it says nothing, its cookies are ignored.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from broadsheet.articles import rendering
from broadsheet.discussion.origin import Provenance, provenance
from broadsheet.kit.pages import Page
from broadsheet.masthead import speaking
from broadsheet.readers import proving, tries
from broadsheet.readers.models import Reader

View = Callable[..., HttpResponse]

SIGN_IN = "/account/sign-in/"
HERE = "/account/"
A_MINUTE = 60
SAFE = {"GET", "HEAD"}
OURS = "account"
"""The tag of what we say after a deed; allauth says things too, in its own words, and they are not shown."""


def door(view: View) -> View:
    """Open to everybody, from our own pages only."""

    @csrf_exempt
    @never_cache
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE and provenance(request) is Provenance.FOREIGN:
            return refused(gettext("This is only taken from this publication’s own pages."))
        return private(view(request, *args, **kwargs))

    return guarded


def own(view: View) -> View:
    """About oneself, for whoever is signed in; everybody else is led to the door."""

    @door
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reader_of(request) is None:
            return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return guarded


def freshly(view: View) -> View:
    """For whoever has just said who they are. What was posted is not kept for them: it may be a password."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if proving.is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method in SAFE else HERE
        return HttpResponseRedirect(f"/account/again/?{urlencode({'next': back})}")

    return guarded


def reader_of(request: HttpRequest) -> Reader | None:
    """Whoever is signed in, and for a deed only where the browser vouches that it is theirs."""
    if not isinstance(request.user, Reader) or not request.user.is_active:
        return None
    if request.method not in SAFE and provenance(request) is not Provenance.OWN:
        return None
    return request.user


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """One of our pages, with what is to be said after a deed."""
    reader = reader_of(request)
    shown = {"reader": reader, "said": _said(request) if reader else [], "here": request.path}
    made = rendering.render(Page(f"accounts/{template}.html", shown | (context or {})))
    return HttpResponse(made, status=status)


def say(request: HttpRequest, sentence: str) -> None:
    messages.success(request, sentence, extra_tags=OURS)


def done(request: HttpRequest, sentence: str, path: str = HERE) -> HttpResponse:
    say(request, sentence)
    return see(path)


def see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def too_many(
    request: HttpRequest,
    refusal: tries.TooManyTries,
    template: str = "refused",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Where something was typed, `template` is the form of it, so that it need not be typed again."""
    sentence = _tried_too_often(refusal.retry_after)
    response = page(request, template, (context or {}) | {"sentence": sentence}, status=429)
    response["Retry-After"] = str(refusal.retry_after)
    return response


def _tried_too_often(seconds: int) -> str:
    if seconds < 2 * A_MINUTE:
        return ngettext(
            "That was tried too often. Please try again in %(n)s second.",
            "That was tried too often. Please try again in %(n)s seconds.",
            seconds,
        ) % {"n": speaking.number(seconds)}
    minutes = -(-seconds // A_MINUTE)
    return ngettext(
        "That was tried too often. Please try again in %(n)s minute.",
        "That was tried too often. Please try again in %(n)s minutes.",
        minutes,
    ) % {"n": speaking.number(minutes)}


def refused(sentence: str, status: int = 403) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _said(request: HttpRequest) -> list[str]:
    return [str(message) for message in messages.get_messages(request) if message.extra_tags == OURS]

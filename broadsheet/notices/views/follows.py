"""A follower's own page, whose address is the only key it needs.

A GET changes nothing, since mail scanners look at every link. What changes something is a POST of a form on the page,
or the one that mail programs send by themselves (RFC 8058).
"""

from collections.abc import Callable, Iterable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.articles import rendering
from broadsheet.discussion.views import answers
from broadsheet.kit.pages import NotThere, Page
from broadsheet.notices import following, keys, wording
from broadsheet.notices.models import Follow, Follower

PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}

View = Callable[[HttpRequest, Follower], HttpResponse]


def _held(view: View) -> Callable[..., HttpResponse]:
    """Find whose page it is; private, and known to no other site and no index."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        follower = keys.follower_of(token)
        response = answers.missing(NotThere()) if follower is None else view(request, follower)
        for name, value in PRIVATE.items():
            response[name] = value
        return response

    return found


def _deed(view: Callable[[HttpRequest, Follower], HttpResponse | None]) -> Callable[..., HttpResponse]:
    """A deed is a POST and leads back to the page; so does a GET, which does nothing."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @_held
    @wraps(view)
    def done(request: HttpRequest, follower: Follower) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(keys.path_of(follower))
        return answers.unreadable(request) or view(request, follower) or _see(keys.path_of(follower))

    return done


@require_safe
@_held
def follows(request: HttpRequest, follower: Follower) -> HttpResponse:
    """Everything this address follows, and what waits for its owner's word."""
    return HttpResponse(_page(follower))


@_deed
def confirmation(request: HttpRequest, follower: Follower) -> None:
    following.confirm(follower)


@_deed
def mode(request: HttpRequest, follower: Follower) -> HttpResponse | None:
    """POST `mode`: how often letters come."""
    if (chosen := request.POST.get("mode", "")) not in Follower.Mode.values:
        return HttpResponse(_page(follower), status=422)
    following.choose(follower, chosen)
    return None


@_deed
def ends(request: HttpRequest, follower: Follower) -> HttpResponse | None:
    """POST `follow`: its number, or `all`."""
    chosen = request.POST.get("follow", "")
    if chosen == "all":
        following.end(follower)
    elif (pk := _number(chosen)) is not None:
        following.end(follower, pk)
    else:
        return HttpResponse(_page(follower), status=422)
    return None


@_deed
def proofs(request: HttpRequest, follower: Follower) -> HttpResponse | None:
    """POST `comment`: one that was sent with this address, and is its owner's."""
    pk = _number(request.POST.get("comment", ""))
    if pk is None or not following.prove(follower, pk):
        return HttpResponse(_page(follower), status=422)
    return None


@_deed
def leave(request: HttpRequest, follower: Follower) -> HttpResponse:
    """No mail any more. A mail program that asks for it by itself follows no redirect (RFC 8058)."""
    following.leave(follower)
    return HttpResponse(_page(follower))


@_deed
def come_back(request: HttpRequest, follower: Follower) -> None:
    following.come_back(follower)


def _page(follower: Follower) -> bytes:
    context = {
        "path": keys.path_of(follower),
        "follower": follower,
        "pending": _worded(following.pending_of(follower)),
        "standing": _worded(following.standing_of(follower)),
        "unproved": following.unproved_of(follower),
        "has_left": following.has_left(follower),
    }
    return rendering.render(Page("notices/follows.html", context))


def _worded(follows: Iterable[Follow]) -> list[tuple[Follow, wording.Thing]]:
    return [(follow, wording.thing(follow)) for follow in follows]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response

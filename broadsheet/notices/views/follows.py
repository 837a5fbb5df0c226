"""What somebody follows, and how they want to hear of it: a follower's own page, whose address is the only key it
needs, and the same for a reader who is signed in, at `/notices/follows/`.

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
from broadsheet.notices import following, keys, preferring, wording
from broadsheet.notices.forms import PreferencesForm
from broadsheet.notices.models import Follow, Follower
from broadsheet.notices.views import owning

PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
HERE = "/notices/follows/"

View = Callable[[HttpRequest, Follower], HttpResponse]
Deed = Callable[[HttpRequest, Follower], HttpResponse | None]


def _held(view: View) -> Callable[..., HttpResponse]:
    """Find whose page it is; private, and known to no other site and no index."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str = "") -> HttpResponse:
        if not token:
            return _held_by_session(request)
        follower = keys.follower_of(token)
        response = answers.missing(NotThere()) if follower is None else view(request, follower)
        for name, value in PRIVATE.items():
            response[name] = value
        return response

    @owning.own
    def _held_by_session(request: HttpRequest) -> HttpResponse:
        reader = owning.reader_of(request)
        if request.method == "POST":
            return view(request, following.of_reader(reader))
        return view(request, Follower.objects.filter(reader=reader).first() or Follower(reader=reader))

    return found


def _deed(view: Deed) -> Callable[..., HttpResponse]:
    """A deed is a POST and leads back to the page; so does a GET, which does nothing."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @_held
    @wraps(view)
    def done(request: HttpRequest, follower: Follower) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(_path(request, follower))
        return answers.unreadable(request) or view(request, follower) or _see(_path(request, follower))

    return done


@require_safe
@_held
def follows(request: HttpRequest, follower: Follower) -> HttpResponse:
    """Everything that is followed, and what waits for its owner's word."""
    return HttpResponse(_page(request, follower))


@_deed
def confirmation(request: HttpRequest, follower: Follower) -> None:
    following.confirm(follower)


@_deed
def mode(request: HttpRequest, follower: Follower) -> HttpResponse | None:
    """POST `mode`: how often letters come, whatever they tell of."""
    if (chosen := request.POST.get("mode", "")) not in Follower.Mode.values:
        return HttpResponse(_page(request, follower), status=422)
    preferring.choose_for_all(follower, chosen)
    return None


@_deed
def preferences(request: HttpRequest, follower: Follower) -> HttpResponse | None:
    """POST for each kind `mail-KIND`, and `site-KIND` of a reader; and when, where and in which language."""
    form = PreferencesForm(request.POST, follower=follower)
    if not form.is_valid():
        return HttpResponse(_page(request, follower, form), status=422)
    form.fill(follower)
    preferring.choose(follower, form.choices())
    return _see(f"{_path(request, follower)}?saved=1")


@_deed
def ends(request: HttpRequest, follower: Follower) -> HttpResponse | None:
    """POST `follow`: its number, or `all`."""
    chosen = request.POST.get("follow", "")
    if chosen == "all":
        following.end(follower)
    elif (pk := _number(chosen)) is not None:
        following.end(follower, pk)
    else:
        return HttpResponse(_page(request, follower), status=422)
    return None


@_deed
def proofs(request: HttpRequest, follower: Follower) -> HttpResponse | None:
    """POST `comment`: one that was sent with this address, and is its owner's."""
    pk = _number(request.POST.get("comment", ""))
    if pk is None or not following.prove(follower, pk):
        return HttpResponse(_page(request, follower), status=422)
    return None


@_deed
def leave(request: HttpRequest, follower: Follower) -> HttpResponse:
    """No mail any more. A mail program that asks for it by itself follows no redirect (RFC 8058)."""
    following.leave(follower)
    return HttpResponse(_page(request, follower))


@_deed
def come_back(request: HttpRequest, follower: Follower) -> None:
    following.come_back(follower)


def _page(request: HttpRequest, follower: Follower, form: PreferencesForm | None = None) -> bytes:
    known = follower.pk is not None
    context = {
        "path": _path(request, follower),
        "follower": follower,
        "reader": _of_session(request) and follower.reader,
        "pending": _worded(following.pending_of(follower)),
        "standing": _worded(following.standing_of(follower)),
        "unproved": following.unproved_of(follower),
        "has_left": known and following.has_left(follower),
        "form": form or PreferencesForm(follower=follower),
        "saved": "saved" in request.GET,
    }
    return rendering.render(Page("notices/follows.html", context))


def _of_session(request: HttpRequest) -> bool:
    return request.path.startswith(HERE)


def _path(request: HttpRequest, follower: Follower) -> str:
    return HERE if _of_session(request) else keys.path_of(follower)


def _worded(follows: Iterable[Follow]) -> list[tuple[Follow, wording.Thing]]:
    return [(follow, wording.thing(follow)) for follow in follows]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response

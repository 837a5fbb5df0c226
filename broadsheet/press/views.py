"""What the application answers where no print stands: it prints the page, or says where it went."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from broadsheet.articles import pages as article_pages
from broadsheet.articles import rendering
from broadsheet.kit.http import accepted_encodings
from broadsheet.kit.pages import Gone, Moved, NotThere
from broadsheet.press import mine, oembed, old_addresses, printing, store, unaided
from broadsheet.press.headers import PRINTED, public
from broadsheet.press.stand import KNOWN_QUERIES


@require_safe
def public_page(request: HttpRequest, **_: str) -> HttpResponse:
    """Print the page and answer with it; the next reader gets the print."""
    if request.path.startswith("//"):
        return _not_there()  # a redirect to it would lead to another host
    if request.GET.keys() & KNOWN_QUERIES and (target := old_addresses.queried(request.path, request.GET)):
        return _moved(target)
    try:
        media_type, content = printing.print_missing(request.path)
    except Moved as moved:
        return _moved(moved.path)
    except (NotThere, Gone) as missing:
        return _missing(request.path, missing)
    headers = PRINTED | public(media_type, request.path)
    accepted = accepted_encodings(request.headers.get("Accept-Encoding", ""))
    if printed := store.handed_out(request.path, accepted):
        content, headers["ETag"], encoding = printed
        headers |= {"Content-Encoding": encoding} if encoding else {}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _missing(path: str, missing: NotThere | Gone) -> HttpResponse:
    if target := old_addresses.target_of(path):
        return _moved(target)
    if isinstance(missing, Gone) or old_addresses.is_gone(path):
        page = (isinstance(missing, Gone) and missing.page) or article_pages.gone()
        return HttpResponse(rendering.render(page), status=410)
    return _not_there()


def _moved(target: str) -> HttpResponse:
    """For good, but asked about again: an article may get its old slug back."""
    return HttpResponsePermanentRedirect(target, headers={"Cache-Control": "no-cache"})


def _not_there() -> HttpResponse:
    return HttpResponse(rendering.render(article_pages.not_found()), status=404)


@never_cache
@require_GET
def mine_json(request: HttpRequest) -> HttpResponse:
    """The private answer; the page asks for it only where the readable marker cookie stands."""
    return JsonResponse(mine.answer(request.user if request.user.is_authenticated else None))


@require_safe
def oembed_answer(request: HttpRequest) -> HttpResponse:
    """What another site shows of an address of ours (https://oembed.com, 2.3)."""
    kind = request.GET.get("format", "json")
    if kind not in ("json", "xml"):
        return _plain(gettext("Only the formats json and xml are spoken here."), 501)
    if wait := oembed.wait_of(request.META.get("REMOTE_ADDR", "")):
        refusal = _plain(gettext("Too many questions from your network. Ask again later."), 429)
        refusal["Retry-After"] = str(wait)
        return refusal
    try:
        found = oembed.answer(request.GET.get("url", ""), oembed.Room.parse(request.GET))
    except (NotThere, Gone, ValueError):
        return _plain(gettext("No article and no comment of this publication stands at that address."), 404)
    headers = {"Cache-Control": f"public, max-age={oembed.CACHE_AGE}"}
    if kind == "xml":
        return HttpResponse(oembed.as_xml(found), content_type="text/xml; charset=utf-8", headers=headers)
    return JsonResponse(found, headers=headers)


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _not_there()


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing here may need the database."""
    return HttpResponse(unaided.page("500.html"), status=500)

"""What the application answers where no print stands: it prints the page, or says where it went."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from broadsheet.articles import pages as article_pages
from broadsheet.articles import rendering
from broadsheet.kit.pages import Gone, Moved, NotThere
from broadsheet.press import mine, old_addresses, printing
from broadsheet.press.headers import PRINTED
from broadsheet.press.stand import KNOWN_QUERIES


@require_safe
def public_page(request: HttpRequest, **_: str) -> HttpResponse:
    """Print the page and answer with it; the next reader gets the print."""
    if request.path.startswith("//"):
        return _not_there()  # a redirect to it would lead to another host
    if request.GET.keys() & KNOWN_QUERIES and (target := old_addresses.queried(request.path, request.GET)):
        return _moved(target)
    try:
        page, content = printing.print_page(request.path)
    except Moved as moved:
        return _moved(moved.path)
    except (NotThere, Gone) as missing:
        return _missing(request.path, missing)
    return HttpResponse(content, content_type=page.content_type, headers=PRINTED)


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


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _not_there()


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing here may need the database."""
    return HttpResponse(render_to_string("500.html"), status=500)

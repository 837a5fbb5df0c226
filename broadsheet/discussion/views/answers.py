"""What several views answer: that nothing stands there, that a request is not even read, that it was not saved."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from broadsheet.articles import pages as article_pages
from broadsheet.articles import rendering
from broadsheet.discussion.posting import NotPosted
from broadsheet.kit.pages import Gone, NotThere

LARGEST_POST = 64 * 1024
LARGEST_ANSWERED = 1024 * 1024
"""What is refused comes back in its form; beyond this many bytes it is not even read."""
MOST_FIELDS = 50


def unreadable(request: HttpRequest) -> HttpResponse | None:
    """The answer to what no form of ours sends."""
    if _length(request) > LARGEST_ANSWERED:
        return plain(_("That is too large to be a comment. Go back and shorten it."), 413)
    if len(request.POST) > MOST_FIELDS:
        return plain(_("That form has too many fields."), 400)
    return None


def is_too_long(request: HttpRequest) -> bool:
    return _length(request) > LARGEST_POST


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def missing(missing: NotThere | Gone) -> HttpResponse:
    if isinstance(missing, Gone):
        return HttpResponse(rendering.render(missing.page or article_pages.gone()), status=410)
    return HttpResponse(rendering.render(article_pages.not_found()), status=404)


def not_saved(request: HttpRequest, *fields: str) -> HttpResponse:
    """What was typed into these fields, in a form that sends it once more. No database is asked."""
    kept = {name: request.POST.get(name, "") for name in fields} | {"path": request.path}
    content = render_to_string("discussion/not_saved.html", {"fields": fields, **kept})
    return HttpResponse(content, status=503, headers={"Retry-After": "10"})


def refused(content: bytes, refusal: NotPosted) -> HttpResponse:
    response = HttpResponse(content, status=refusal.status)
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")

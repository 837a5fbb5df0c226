"""What several views answer: that nothing stands there, that a request is not even read, that it was not saved."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from broadsheet.articles import pages as article_pages
from broadsheet.articles import rendering
from broadsheet.discussion import attaching
from broadsheet.discussion.posting import NotPosted
from broadsheet.discussion.slots import Slots
from broadsheet.kit.pages import Gone, NotThere

LARGEST_POST = 64 * 1024
LARGEST_ANSWERED = 1024 * 1024
"""What is refused comes back in its form; beyond this many bytes it is not even read."""
MOST_FIELDS = 50


def unreadable(request: HttpRequest, *, pictures: bool = False) -> HttpResponse | None:
    """The answer to what no form of ours sends; `pictures` where a form may bring some along."""
    most = LARGEST_ANSWERED + (attaching.MOST * attaching.largest() if pictures and _in_parts(request) else 0)
    try:
        fields = len(request.POST) if _length(request) <= most else None
    except RequestDataTooBig:
        fields = None
    if fields is None:
        return plain(_("That is too large to be a comment. Go back and shorten it."), 413)
    if fields > MOST_FIELDS:
        return plain(_("That form has too many fields."), 400)
    return None


def is_too_long(request: HttpRequest) -> bool:
    """Whether more was written than a comment has; what is beside it in the form is measured elsewhere."""
    if not _in_parts(request):
        return _length(request) > LARGEST_POST
    return len("".join(map(str, request.POST.values())).encode()) > LARGEST_POST


def _in_parts(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def missing(missing: NotThere | Gone) -> HttpResponse:
    if isinstance(missing, Gone):
        return HttpResponse(rendering.render(missing.page or article_pages.gone()), status=410)
    return HttpResponse(rendering.render(article_pages.not_found()), status=404)


def not_saved(request: HttpRequest, *fields: str, slots: Slots | None = None) -> HttpResponse:
    """What was typed into these fields, in a form that sends it once more. No database is asked."""
    typed = {name: request.POST.get(name, "") for name in fields} | {"path": request.path}
    unseen = [(name, typed[name]) for name in ("parent", "passage", "follow") if typed.get(name)]
    said_too = {
        "unseen": [*unseen, *(slots.as_fields if slots else ())],
        "pictures_lost": slots is None and bool(request.FILES),
    }
    content = render_to_string("discussion/not_saved.html", {"fields": fields, **typed, **said_too})
    return HttpResponse(content, status=503, headers={"Retry-After": "10"})


def refused(content: bytes, refusal: NotPosted) -> HttpResponse:
    response = HttpResponse(content, status=refusal.status)
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")

"""A reader's notices, and the feed of them at an address that nobody else knows."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.articles import rendering
from broadsheet.discussion.views import answers
from broadsheet.kit.pages import NotThere, Page
from broadsheet.notices import notice_feed, noticing, wording
from broadsheet.notices.views import owning

HERE = "/notices/"


@owning.own
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first, in groups, with what is unread marked."""
    if request.method == "POST":
        return HttpResponseRedirect(HERE)
    reader = owning.reader_of(request)
    try:
        groups, before = noticing.page_of(reader, before=request.GET.get("before", ""))
    except NotThere as missing:
        return answers.missing(missing)
    context = {
        "reader": reader,
        "groups": [wording.group(group) for group in groups],
        "before": before,
        "later": "before" in request.GET,
        "unread": noticing.unread_of(reader),
        "feed": noticing.url_of_feed(reader),
        "renewed": "renewed" in request.GET,
    }
    return HttpResponse(rendering.render(Page("notices/notices.html", context)))


@owning.own
def reads(request: HttpRequest) -> HttpResponse:
    """POST `notices`: numbers with commas between, or `all`: they are read."""
    if request.method == "POST":
        if unread := answers.unreadable(request):
            return unread
        chosen = request.POST.get("notices", "")[:2000]
        numbers = [
            int(part) for part in chosen.split(",") if part.isascii() and part.isdecimal() and len(part) < 19
        ]
        noticing.read(owning.reader_of(request), None if chosen == "all" else numbers)
    return _see(HERE)


@owning.own
def feed_address(request: HttpRequest) -> HttpResponse:
    """POST: the feed gets another address, and the earlier one opens nothing any more."""
    if request.method == "POST":
        noticing.renew_feed(owning.reader_of(request))
        return _see(f"{HERE}?renewed=1#feed")
    return _see(HERE)


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The notices for a feed reader, which cannot sign in: the address is the key."""
    reader = noticing.reader_of_feed(token)
    if reader is None:
        return answers.missing(NotThere())
    made = notice_feed.feed_of(reader, token)
    response = HttpResponse(made.content, content_type=made.content_type)
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex", "no-referrer"
    return response


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response

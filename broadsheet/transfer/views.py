"""Addresses of another system that stand in letters it sent, and go on leading somewhere."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.discussion.views import answers
from broadsheet.kit.pages import NotThere
from broadsheet.transfer import old_letters


@never_cache
@require_safe
def subscription(request: HttpRequest, deed: str = "") -> HttpResponse:
    """Whatever the letter's link would have done, it leads to the page where that is done by a button."""
    query = request.GET
    path = old_letters.path_of(
        query.get("wpdiscuzSubscribeID") or query.get("wpdiscuzConfirmID", ""),
        query.get("key") or query.get("wpdiscuzConfirmKey", ""),
    )
    response = HttpResponseRedirect(path) if path else answers.missing(NotThere())
    response["Referrer-Policy"], response["X-Robots-Tag"] = "no-referrer", "noindex"
    return response

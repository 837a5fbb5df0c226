"""What is about oneself, for whoever is signed in.

No page carries a token: `discussion/origin.py` does what one would.
"""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.discussion.origin import Provenance, provenance
from broadsheet.discussion.views import answers
from broadsheet.readers.models import Reader

SIGN_IN = "/account/sign-in/"


def own(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Everybody else is led to the door; from another site nothing is taken."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        said = Provenance.OWN if request.method != "POST" else provenance(request)
        if said is Provenance.FOREIGN:
            return answers.plain(gettext("This is only taken from this publication’s own pages."), 403)
        reader = request.user
        if said is not Provenance.OWN or not isinstance(reader, Reader) or not reader.is_active:
            return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': request.path})}")
        response = view(request)
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def reader_of(request: HttpRequest) -> Reader:
    """Whoever is signed in, within `own`."""
    return cast("Reader", request.user)

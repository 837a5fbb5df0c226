"""The headers of public answers, the same from the stand, from the application, and (see deploy/) from the fronts."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from broadsheet.kit.providers import PLAYERS

POLICY = (
    f"default-src 'none'; frame-src {' '.join(PLAYERS)}; style-src 'self'; img-src 'self'; "
    "script-src 'self'; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PREVIEW_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'").replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)
"""A preview is made as the public page is, in a frame of the newsroom; a look that is not saved stands in the page."""
PUBLIC = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors *"
)
"""A comment made to stand in frames of other sites: nothing on it can be pressed but links, and nothing runs."""
_EMBED = re.compile(r"/?\d{4}/\d{2}/\d{2}/[^/]+/c/\d+/embed/(?:index\.html)?", re.ASCII)
_NO_DOCUMENTS = re.compile(r"text/(?:css|javascript)\b|font/|image/(?!svg)")
PRINTED = {"Cache-Control": "public, no-cache", "Vary": "Accept-Encoding"}

NEWSROOM = "/newsroom/"


def public(media_type: str, place: str = "") -> dict[str, str]:
    """What an answer of this type carries: a sheet, a script, a picture or type is no document, and needs no policy.

    `place` is the path, or the file, of a page that is there: only what is made for frames may stand in one.
    """
    if _NO_DOCUMENTS.match(media_type):
        return {name: value for name, value in PUBLIC.items() if name != "Content-Security-Policy"}
    return PUBLIC | {"Content-Security-Policy": EMBED_POLICY} if _EMBED.fullmatch(place) else PUBLIC


class PublicHeaders:
    """Middleware: everything outside the newsroom (whose engine has scripts of its own) gets the public headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            response.headers["Content-Security-Policy"] = PREVIEW_POLICY
        if request.path.startswith(NEWSROOM):
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")  # its previews are frames of its own
            return response
        for name, value in public(response.get("Content-Type", "")).items():
            response.headers.setdefault(name, value)
        return response

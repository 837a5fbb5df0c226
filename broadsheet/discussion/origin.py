"""Whether a POST comes from our own page, and who sends it. Browsers say so in headers that no page can forge.

`Sec-Fetch-Site` is of W3C Fetch Metadata, `Origin` of RFC 6454. A client that sends neither is taken for a guest, and
its cookies are ignored: so it can do no more than anybody without an account.
"""

from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from broadsheet.discussion.commenters import Commenter
from broadsheet.readers.models import Reader


class Provenance(Enum):
    OWN = "own"
    UNKNOWN = "unknown"
    FOREIGN = "foreign"


def provenance(request: HttpRequest) -> Provenance:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site in {"cross-site", "same-site"}:
        return Provenance.FOREIGN
    if origin is not None and not _is_own(origin, request):
        return Provenance.FOREIGN
    return Provenance.UNKNOWN if site is None and origin is None else Provenance.OWN


def _is_own(origin: str, request: HttpRequest) -> bool:
    if origin == settings.URL:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc == request.get_host()


def commenter_of(request: HttpRequest) -> Commenter:
    """The reader only where the browser vouches that our own page sent this; otherwise a guest."""
    reader = None
    if provenance(request) is Provenance.OWN and request.user.is_authenticated:
        reader = request.user
    return Commenter(request.META.get("REMOTE_ADDR", ""), reader)


def reader_beside_token(request: HttpRequest) -> Reader | None:
    """Who is signed in, for a form of a receipt. Its page tells no address on, so its forms name no origin (`null`)."""
    own = request.headers.get("Sec-Fetch-Site") == "same-origin" or provenance(request) is Provenance.OWN
    return request.user if own and isinstance(request.user, Reader) and request.user.is_active else None

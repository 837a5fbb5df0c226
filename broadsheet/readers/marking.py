"""The readable cookie that says "somebody is signed in here", so that a page knows whether to ask for `/mine.json`.

It carries nothing and grants nothing: the session decides.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "signed_in"


def mark(request: HttpRequest, response: HttpResponse) -> None:
    """Let the cookie live as long as the session."""
    session = request.session
    age = None if session.get_expire_at_browser_close() else session.get_expiry_age()
    response.set_cookie(COOKIE, "1", max_age=age, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")


def unmark(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")

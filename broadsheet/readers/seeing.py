"""Middleware: when a session was last seen, in the newsroom or on pages of an account. Prints never come past it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from broadsheet.readers import sessions

PRIVATE = ("/newsroom/", "/account/")


class SeeSessions:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PRIVATE) and request.session.session_key and request.user.is_authenticated:
            sessions.see(request)
        return response

"""Middleware: when a session was last seen in the newsroom. What readers ask for never comes past it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from broadsheet.readers import sessions

NEWSROOM = "/newsroom/"


class SeeSessions:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.path.startswith(NEWSROOM)
            and request.session.session_key
            and request.user.is_authenticated
        ):
            sessions.see(request)
        return response

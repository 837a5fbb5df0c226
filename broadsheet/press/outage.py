"""While the database is away, the reader is told so plainly; pages that are printed never come here."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from broadsheet.press import unaided

logger = logging.getLogger(__name__)


class DatabaseOutage:
    """Middleware: a database that does not answer is a 503 with the time to come back, not a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.exception("The database does not answer.")
        return HttpResponse(unaided.page("503.html"), status=503, headers={"Retry-After": "30"})

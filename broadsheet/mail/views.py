"""Where providers tell what became of letters that they took."""

from anymail.exceptions import AnymailError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.mail import returning


@csrf_exempt  # whoever knows the secret is no browser
@require_http_methods(["HEAD", "POST"])
def events(request: HttpRequest, provider: str) -> HttpResponse:
    """What a provider says, in its own form; some ask by HEAD first whether anybody listens."""
    view = returning.view_of(provider)
    if view is None:
        return HttpResponse("No letters go through that provider.\n", status=404, content_type="text/plain")
    if request.method == "POST":
        try:
            view.run_validators(request)
        except AnymailError:
            return HttpResponse("The secret is missing or wrong.\n", status=403, content_type="text/plain")
        try:
            told = view.parse_events(request)
        except (AnymailError, ValueError, LookupError, TypeError):
            return HttpResponse("That cannot be read.\n", status=400, content_type="text/plain")
        returning.note_events(provider, told)
    return HttpResponse()

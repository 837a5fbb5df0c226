"""Take everything out, and go."""

from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from broadsheet.accounts import leaving, taking_out
from broadsheet.accounts.views.answers import address_of, freshly, own, page, too_many
from broadsheet.readers import marking, tries
from broadsheet.readers.proving import reader_of


@require_safe
@own
def takeout(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of this account, as one archive."""
    reader = reader_of(request)
    if refusal := tries.count("takeout", address_of(request), reader.email):
        return too_many(request, refusal)
    response: HttpResponse = FileResponse(  # type: ignore[assignment]
        taking_out.archive(reader), as_attachment=True, filename="account.zip"
    )
    return response


@own
@freshly
def leave(request: HttpRequest) -> HttpResponse:
    """POST `comments` (`stay` or `go`) and `sure`: the account is closed, and there is no way back."""
    reader = reader_of(request)
    if reader.is_staff or reader.is_superuser:
        sentence = gettext("You work here: the publisher closes your account, in the newsroom.")
        return page(request, "leave", {"sentence": sentence, "staff": True}, status=403)
    choice = request.POST.get("comments", "")
    if request.method != "POST":
        return page(request, "leave")
    if choice not in {"stay", "go"} or "sure" not in request.POST:
        sentence = gettext("Choose what becomes of your comments, and say that you are sure.")
        return page(request, "leave", {"sentence": sentence, "choice": choice}, status=422)
    leaving.leave(reader, withdraws=choice == "go")
    logout(request)
    response = page(request, "left")
    marking.unmark(response)
    return response

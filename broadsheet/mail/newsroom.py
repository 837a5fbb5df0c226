"""The newsroom's delivery log, for whoever may change the publication's settings."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from broadsheet.mail import logbook, testing
from broadsheet.mail.models import Letter

PERMISSION = "masthead.change_publication"


def _require_publisher(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The newest letters; `?state=` of one state, `?before=` the older ones."""
    _require_publisher(request)
    state, before = request.GET.get("state", ""), request.GET.get("before", "")
    if state not in Letter.State.values:
        state = ""
    older = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    lines, following = logbook.page(state, older)
    counts = logbook.counts()
    context = {
        "lines": lines,
        "following": following,
        "state": state,
        "states": [(value, label, counts.get(value, 0)) for value, label in Letter.State.choices],
        "transports": logbook.shown_transports(),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "mail/newsroom/letters.html", context)


@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """A letter to whoever presses the button, and to nobody else."""
    _require_publisher(request)
    address = getattr(request.user, "email", "")
    testing.send_to(address)
    messages.success(request, f"A letter to {address} is queued. What became of it stands below in a moment.")
    return redirect("newsroom_letters")

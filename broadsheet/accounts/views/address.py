"""Another address for an account: asked here, agreed to at the new one, stopped at the old one; by POST alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from broadsheet.accounts.forms import AddressForm
from broadsheet.accounts.views import answers
from broadsheet.accounts.views.answers import address_of, done, door, freshly, own, page, too_many
from broadsheet.masthead import keeping
from broadsheet.readers import mailing, marking, moving, tries
from broadsheet.readers.proving import reader_of


@own
@freshly
def change(request: HttpRequest) -> HttpResponse:
    """POST the new address: both sides get a letter, and the answer is the same for every address."""
    reader = reader_of(request)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and mailing.is_set_up():
        email = form.cleaned_data["email"]
        if refusal := tries.count_letter(address_of(request), email):
            return too_many(request, refusal, "address", {"form": form, "mails": True})
        if email != reader.email:
            moving.ask(reader, email)
        return done(
            request, gettext("Two letters are on their way: the one to the new address has a link to follow.")
        )
    status = 422 if form.is_bound else 200
    return page(request, "address", {"form": form, "mails": mailing.is_set_up()}, status=status)


@door
def agree(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, _AGREE)


@door
def stop(request: HttpRequest, token: str) -> HttpResponse:
    return _by_link(request, token, _STOP)


@dataclass(frozen=True)
class _Deed:
    """What the link in one of the two letters does."""

    name: str
    within: timedelta
    address: Callable[[str], str]
    do: Callable[[str], object]


_AGREE = _Deed("agree", moving.AGREED_WITHIN, lambda token: moving.new_of(moving.find(token)), moving.agree)
_STOP = _Deed(
    "stop", moving.STOPPED_WITHIN, lambda token: moving.old_of(moving.find_to_stop(token)), moving.stop
)


def _by_link(request: HttpRequest, token: str, deed: _Deed) -> HttpResponse:
    """GET shows a button and changes nothing (mail scanners follow links); POST does it, and all sessions are over."""
    if refusal := tries.count("link", address_of(request)):
        return too_many(request, refusal)
    try:
        if request.method != "POST":
            return page(request, "address_link", {"email": deed.address(token), "deed": deed.name})
        deed.do(token)
    except moving.NoSuchChange:
        context = {"deed": deed.name, "period": keeping.spoken(deed.within)}
        return page(request, "address_spent", context, status=410)
    response = answers.see(answers.SIGN_IN)
    marking.unmark(response)
    return response

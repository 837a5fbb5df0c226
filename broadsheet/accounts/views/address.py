"""Another address for an account: asked here, agreed to at the new one, stopped at the old one; by POST alone."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from broadsheet.accounts.forms import AddressForm
from broadsheet.accounts.views import answers
from broadsheet.accounts.views.answers import address_of, done, door, freshly, own, page, too_many
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
            return too_many(request, refusal)
        if email != reader.email:
            moving.ask(reader, email)
        return done(
            request, gettext("Two letters are on their way: the one to the new address has a link to follow.")
        )
    status = 422 if form.is_bound else 200
    return page(request, "address", {"form": form, "mails": mailing.is_set_up()}, status=status)


@door
def agree(request: HttpRequest, token: str) -> HttpResponse:
    if refusal := tries.count("link", address_of(request)):
        return too_many(request, refusal)
    try:
        if request.method != "POST":
            return page(
                request, "address_link", {"email": moving.new_of(moving.find(token)), "deed": "agree"}
            )
        moving.agree(token)
    except moving.NoSuchChange:
        return page(request, "spent", status=410)
    return _over(request)


@door
def stop(request: HttpRequest, token: str) -> HttpResponse:
    if refusal := tries.count("link", address_of(request)):
        return too_many(request, refusal)
    try:
        if request.method != "POST":
            return page(
                request, "address_link", {"email": moving.old_of(moving.find_to_stop(token)), "deed": "stop"}
            )
        moving.stop(token)
    except moving.NoSuchChange:
        return page(request, "spent", status=410)
    return _over(request)


def _over(request: HttpRequest) -> HttpResponse:
    response = answers.see(answers.SIGN_IN)
    marking.unmark(response)
    return response

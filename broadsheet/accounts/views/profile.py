"""The form of a reader's public page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from broadsheet.accounts import profiling
from broadsheet.accounts.forms import ProfileForm
from broadsheet.accounts.views.answers import done, own, page
from broadsheet.readers.proving import reader_of


@own
def profile(request: HttpRequest) -> HttpResponse:
    """What it says, and whether it is shown."""
    reader = reader_of(request)
    found = profiling.profile_of(reader)
    initial = {"shown": found.shown_at is not None, "found": found.found_by_machines}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        profiling.save(reader, about=data["about"], shown=data["shown"], found_by_machines=data["found"])
        return done(request, gettext("Your public page is saved."), "/account/profile/")
    status = 422 if form.is_bound else 200
    return page(request, "profile_form", {"form": form, "profile": found}, status=status)

"""The form of a reader's public page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from broadsheet.accounts import picturing, profiling
from broadsheet.accounts.forms import ProfileForm
from broadsheet.accounts.views.answers import address_of, done, own, page
from broadsheet.discussion import attaching, posting, slots
from broadsheet.kit.ornaments import ornament
from broadsheet.kit.places import NoPlace
from broadsheet.kit.shrinking_apart import BadPicture
from broadsheet.readers.models import Reader
from broadsheet.readers.proving import reader_of


@own
def profile(request: HttpRequest) -> HttpResponse:
    """What it says, and whether it is shown. A picture is kept, whatever becomes of the rest of the form."""
    reader = reader_of(request)
    refusal = _take_picture(request, reader) if request.method == "POST" else None
    found = profiling.profile_of(reader)
    initial = {"shown": found.shown_at is not None, "found": found.found_by_machines}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and refusal is None:
        data = form.cleaned_data
        profiling.save(reader, about=data["about"], shown=data["shown"], found_by_machines=data["found"])
        return done(request, gettext("Your public page is saved."), "/account/profile/")
    context = {
        "form": form,
        "profile": found,
        "takes_picture": picturing.is_on(),
        "picture": picturing.picture_of(found),
        "picture_error": refusal.sentence if refusal else "",
        "ornament": ornament(found.key),
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    response = page(request, "profile_form", context, status=status)
    if refusal and refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


@require_safe
@own
def picture(request: HttpRequest) -> HttpResponse:
    """The own picture, whether the page is shown or not."""
    kept = picturing.picture_of(profiling.profile_of(reader_of(request)))
    if kept is None:
        return HttpResponse(status=404)
    return HttpResponse(bytes(kept.content), content_type="image/webp")


def _take_picture(request: HttpRequest, reader: Reader) -> posting.NotPosted | None:
    """Why it was not taken; None where all is well."""
    file = request.FILES.get("picture")
    if not (file and picturing.is_on()):
        if request.POST.get("drop"):
            picturing.take_away(reader)
        return None
    if (file.size or 0) > attaching.largest():
        return posting.NotPosted(slots.too_large())
    try:
        picturing.take_in(reader, file.read(), address=address_of(request))
    except posting.NotPosted as refusal:
        return refusal
    except BadPicture:
        return posting.NotPosted(slots.no_picture())
    except NoPlace:
        sentence = gettext("Many people send pictures just now. Choose yours again in a minute.")
        return slots.NoRoom(sentence, retry_after=60)
    return None

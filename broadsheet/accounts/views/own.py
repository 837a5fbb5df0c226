"""One's own page, one's name, and what became of one's comments."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from broadsheet.accounts import commented, naming
from broadsheet.accounts.forms import NameForm
from broadsheet.accounts.views.answers import HERE, done, own, page, refused, see
from broadsheet.discussion import claiming
from broadsheet.kit.pages import NotThere
from broadsheet.masthead import speaking
from broadsheet.readers.proving import reader_of


@require_safe
@own
def account(request: HttpRequest) -> HttpResponse:
    """What there is to see and to do."""
    reader = reader_of(request)
    context = {"counts": commented.counts_of(reader), "claimable": claiming.claimable_by_address(reader)}
    return page(request, "account", context)


@own
def claim(request: HttpRequest) -> HttpResponse:
    """What was written as a guest, with the address of the account, becomes the account's."""
    if request.method != "POST":
        return see(HERE)
    count = claiming.claim_by_address(reader_of(request))
    sentence = ngettext("%(n)s comment is yours now.", "%(n)s comments are yours now.", count)
    return done(request, sentence % {"n": speaking.number(count)})


@own
def name(request: HttpRequest) -> HttpResponse:
    """The name that stands beside what this reader writes from now on."""
    reader = reader_of(request)
    form = NameForm(request.POST if request.method == "POST" else None, reader=reader)
    if form.is_valid():
        naming.rename(reader, form.cleaned_data["name"])
        return done(request, gettext("From now on you write under this name."))
    status = 422 if form.is_bound else 200
    return page(request, "name", {"form": form}, status=status)


@require_safe
@own
def comments(request: HttpRequest) -> HttpResponse:
    """This reader's comments, the latest first, each with its state and the way to its receipt."""
    reader = reader_of(request)
    try:
        shown, before = commented.page_of(reader, before=request.GET.get("before", ""))
    except NotThere:
        return refused(gettext("There is no such page."), 404)
    return page(request, "comments", {"comments": shown, "before": before})

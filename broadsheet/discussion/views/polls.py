"""Where a voice in a poll is given: a page of its own answers it, so that the poll stays the same for everybody."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.articles import rendering
from broadsheet.articles.models import Article
from broadsheet.discussion import asked_pages, polling
from broadsheet.discussion.models import Poll
from broadsheet.discussion.origin import Provenance, commenter_of, provenance
from broadsheet.discussion.posting import NotPosted
from broadsheet.discussion.views import answers
from broadsheet.kit.pages import Gone, NotThere, Page


@csrf_exempt  # The form stands on prints: origin.py does what a token would.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voices(request: HttpRequest, **address: str) -> HttpResponse:
    """POST `choice` (several, where the poll takes several) or `withdraw`; GET leads to the poll.

    It never shows what was chosen before: a guest is known by the network alone, and others share it.
    """
    if request.method != "POST":
        return HttpResponseRedirect("../")
    if unread := answers.unreadable(request):
        return unread
    if provenance(request) is Provenance.FOREIGN:
        return answers.plain(_("Voices are only taken from this publication’s own pages."), 403)
    try:
        article, poll = asked_pages.find_poll(**address)
    except (NotThere, Gone) as missing:
        return answers.missing(missing)
    return _given(request, article, poll)


def _given(request: HttpRequest, article: Article, poll: Poll) -> HttpResponse:
    withdrawn = "withdraw" in request.POST
    try:
        chosen = polling.give(poll, [] if withdrawn else _numbers(request), by=commenter_of(request))
    except NotPosted as refusal:
        return answers.refused(_page(article, poll, sentence=refusal.sentence), refusal)
    return HttpResponse(_page(article, poll, chosen=[choice.text for choice in chosen], withdrawn=withdrawn))


def _numbers(request: HttpRequest) -> list[int]:
    said = request.POST.getlist("choice")
    if not said:
        raise NotPosted(_("Choose something first."))
    if not all(number.isascii() and number.isdecimal() and len(number) < 5 for number in said):
        raise NotPosted(_("That cannot be chosen here. Choose from the list."))
    return [int(number) for number in said]


def _page(article: Article, poll: Poll, **said: object) -> bytes:
    shown = asked_pages.shown_alone(article, poll)
    return rendering.render(Page("discussion/poll_given.html", {"article": article, "shown": shown, **said}))

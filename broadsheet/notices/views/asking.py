"""Ask to be told: from a receipt, or of what stands at a public address.

A guest types an address, and the answer is the same for every one; a reader who is signed in says yes by one button. A
GET changes nothing.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.articles import rendering
from broadsheet.discussion import allowances, origin, posting
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.models import Comment
from broadsheet.discussion.views import answers
from broadsheet.discussion.views.receipts import held_by_token
from broadsheet.kit.pages import Gone, NotThere, Page
from broadsheet.mail import carrying
from broadsheet.notices import targets, telling, wording
from broadsheet.notices.forms import AskForm, FollowForm
from broadsheet.notices.models import Follow
from broadsheet.readers.models import Reader


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@held_by_token
def ask(request: HttpRequest, comment: Comment) -> HttpResponse:
    """POST `extent`, and `email` where the comment came without: the answer is the same for every address."""
    if not carrying.is_set_up() or comment.state == Comment.State.WITHDRAWN:
        return answers.missing(NotThere())
    has_address = comment.guest is not None or comment.reader is not None
    if request.method != "POST":
        initial = {"extent": Follow.Kind.REPLIES}
        form = AskForm(initial=initial, has_address=has_address)
        return HttpResponse(_asking(request, comment, form, asked="asked" in request.GET))
    if unread := answers.unreadable(request):
        return unread
    form = AskForm(request.POST, has_address=has_address)
    if not form.is_valid():
        return HttpResponse(_asking(request, comment, form), status=422)
    try:
        by = Commenter(str(request.META.get("REMOTE_ADDR", "")), comment.reader)
        posting.require_allowance(allowances.spend_beside(by))
    except posting.TooMany as refusal:
        return answers.refused(_asking(request, comment, form, sentence=refusal.sentence), refusal)
    telling.ask_by_letter(comment, extent=form.cleaned_data["extent"], address=form.cleaned_data["email"])
    return _see(f"{request.path}?asked=1")


def _asking(
    request: HttpRequest, comment: Comment, form: AskForm, *, asked: bool = False, sentence: str = ""
) -> bytes:
    context = {
        "article": comment.thread.article,
        "comment": comment,
        "form": form,
        "asked": asked,
        "sentence": sentence,
        "path": request.path,
    }
    return rendering.render(Page("notices/ask.html", context))


@csrf_exempt  # The page carries no token: origin.py does what it would.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, place: str) -> HttpResponse:
    """POST `email`, or nothing where a reader is signed in: be told of what stands at the public address `place`."""
    if not carrying.is_set_up():
        return answers.missing(NotThere())
    try:
        target = targets.at(f"/{place}")
    except (NotThere, Gone) as missing:
        return answers.missing(missing)
    if request.method != "POST":
        reader = request.user if isinstance(request.user, Reader) and request.user.is_active else None
        asked = request.GET.get("asked", "")
        return _private(HttpResponse(_page(request, target, FollowForm(reader=reader), asked=asked)))
    return _private(_followed(request, target))


def _followed(request: HttpRequest, target: targets.Target) -> HttpResponse:
    if unread := answers.unreadable(request):
        return unread
    if origin.provenance(request) is origin.Provenance.FOREIGN:
        return HttpResponse(_page(request, target, FollowForm(request.POST, reader=None)), status=403)
    by = origin.commenter_of(request)
    form = FollowForm(request.POST, reader=by.reader)
    if not form.is_valid():
        return HttpResponse(_page(request, target, form), status=422)
    try:
        posting.require_allowance(allowances.spend_beside(by))
    except posting.TooMany as refusal:
        return answers.refused(_page(request, target, form, sentence=refusal.sentence), refusal)
    is_machine = bool(form.cleaned_data["website"])
    if not is_machine:  # which is answered like everybody
        telling.ask_for(target.asked(), address=form.cleaned_data["email"], reader=by.reader)
    return _see(f"{request.path}?asked={'told' if by.reader else 'letter'}")


def _page(
    request: HttpRequest, target: targets.Target, form: FollowForm, *, asked: str = "", sentence: str = ""
) -> bytes:
    thing = wording.thing(target.as_follow)
    context = {"thing": thing, "form": form, "asked": asked, "sentence": sentence, "path": request.path}
    return rendering.render(Page("notices/follow.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response

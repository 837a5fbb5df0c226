"""Where somebody says that they like a comment: a page of its own, and a request that scripts make in its place."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from broadsheet.articles import rendering
from broadsheet.discussion import pages, voicing
from broadsheet.discussion.models import Comment, Voice
from broadsheet.discussion.origin import Provenance, commenter_of, provenance
from broadsheet.discussion.posting import NotPosted
from broadsheet.discussion.views import answers
from broadsheet.kit.pages import Gone, NotThere, Page

SAID = {
    Voice.Value.LIKE: gettext_lazy("You like this comment."),
    Voice.Value.DISLIKE: gettext_lazy("You dislike this comment."),
    voicing.NONE: gettext_lazy("You have taken it back."),
}


@csrf_exempt  # The links to it stand on prints: origin.py does what a token would.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, **address: str) -> HttpResponse:
    """GET shows the comment; POST `value` says what one thinks of it: 1, -1, or 0 to take it back.

    It never shows what was said before: a guest is known by the network alone, and others share it.
    """
    try:
        _article, comment = pages.find_comment(**address)
    except (NotThere, Gone) as missing:
        return answers.missing(missing)
    if not comment.visible:
        return answers.missing(NotThere())
    return _given(request, comment) if request.method == "POST" else HttpResponse(_page(comment))


def _given(request: HttpRequest, comment: Comment) -> HttpResponse:
    if unread := answers.unreadable(request):
        return unread
    if provenance(request) is Provenance.FOREIGN:
        return answers.plain(_("Likes are only taken from this publication’s own pages."), 403)
    said = request.POST.get("value", "")
    value = int(said) if said in ("1", "-1", "0") else None
    try:
        voicing.give(comment, value, by=commenter_of(request))
    except NotPosted as refusal:
        return _refused(request, comment, refusal)
    if _wants_json(request):
        return JsonResponse({"value": value})
    return HttpResponse(_page(comment, said=str(SAID[value or voicing.NONE])))


def _refused(request: HttpRequest, comment: Comment, refusal: NotPosted) -> HttpResponse:
    response = answers.refused(_page(comment, sentence=refusal.sentence), refusal)
    if _wants_json(request):
        response.content = json.dumps({"error": refusal.sentence}).encode()
        response["Content-Type"] = "application/json"
    return response


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _page(comment: Comment, *, said: str = "", sentence: str = "") -> bytes:
    names: dict[int, str] = {
        Voice.Value.LIKE: _("Like"),
        Voice.Value.DISLIKE: _("Dislike"),
        voicing.NONE: _("Take it back"),
    }
    context = {
        "article": comment.thread.article,
        "chosen": comment,
        "said": said,
        "sentence": sentence,
        "choices": [(value, names[value]) for value in (*voicing.values(), voicing.NONE)],
    }
    return rendering.render(Page("discussion/voice.html", context))

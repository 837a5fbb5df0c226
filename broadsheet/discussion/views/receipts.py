"""The receipt of a comment, and what its holder may do: the token in the address is authority enough.

No page elsewhere knows the token, so nothing else is asked to tell who sent a form.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.articles import rendering
from broadsheet.discussion import (
    appealing,
    claiming,
    editing,
    origin,
    posting,
    previewing,
    receipts,
    taking_out,
    withdrawing,
    writing,
)
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.forms import AppealForm, TextForm
from broadsheet.discussion.models import Comment
from broadsheet.discussion.slots import Slots
from broadsheet.discussion.views import answers
from broadsheet.kit.pages import NotThere, Page

logger = logging.getLogger(__name__)

PRIVATE = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
"""The address is a secret: no other site and no index learns it."""

View = Callable[..., HttpResponse]
"""It is given the request, the comment, and what else the address says."""


def held_by_token(view: View) -> Callable[..., HttpResponse]:
    """Find the comment that the token stands for; give back what was typed where the database does not answer."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str, **said: str) -> HttpResponse:
        try:
            comment = receipts.comment_of(token)
            response = answers.missing(NotThere()) if comment is None else view(request, comment, **said)
        except DatabaseError:
            if request.method != "POST":
                raise
            logger.exception("What the holder of a receipt asked for could not be saved.")
            response = _not_saved(request)
        for name, value in PRIVATE.items():
            response[name] = value
        return response

    return found


def deed(view: View) -> Callable[..., HttpResponse]:
    """A deed is a POST; who comes to its address by GET is led to the receipt."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @held_by_token
    @wraps(view)
    def done(request: HttpRequest, comment: Comment) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseRedirect(receipts.path_of(comment))
        if unread := answers.unreadable(request, pictures=True):
            return unread
        return view(request, comment)

    return done


def written_in_turn(view: View) -> View:
    @wraps(view)
    def seated(request: HttpRequest, comment: Comment) -> HttpResponse:
        with writing.place():
            return view(request, comment)

    return seated


def _not_saved(request: HttpRequest) -> HttpResponse:
    return answers.unreadable(request) or answers.not_saved(request, *request.POST.keys() & {"text"})


@require_safe
@held_by_token
def receipt(request: HttpRequest, comment: Comment) -> HttpResponse:
    """What became of a comment, for whoever holds the link."""
    return HttpResponse(_page(comment))


@deed
def revisions(request: HttpRequest, comment: Comment) -> HttpResponse:
    """POST `text`: what the comment shall say; with `pictures`, the places for pictures are meant as they are sent."""
    form = TextForm(request.POST)
    by = Commenter(_address(request), comment.reader)
    slots = Slots(request.POST, request.FILES, comment, receipts.pictures_of(comment))
    if editing.is_editable(comment):
        slots.take_in(by)
    with writing.place():
        return _changed(request, comment, form, slots, by)


def _changed(
    request: HttpRequest, comment: Comment, form: TextForm, slots: Slots, by: Commenter
) -> HttpResponse:
    try:
        _require_valid(request, form, slots)
        text = form.cleaned_data["text"]
        if "preview" in form.data:
            html = previewing.preview(comment.thread, text, by=by)
            return HttpResponse(_page(comment, edit=form, slots=slots, preview=html))
        pictures = slots.attached if "pictures" in form.data else None
        editing.edit_comment(comment, text=text, address=by.address, pictures=pictures)
    except posting.NotPosted as refusal:
        page = _page(comment, edit=form, slots=slots, sentence=refusal.sentence)
        return answers.refused(page, refusal)
    return _back(comment)


@deed
@written_in_turn
def withdrawal(request: HttpRequest, comment: Comment) -> HttpResponse:
    withdrawing.withdraw(comment)
    return _back(comment)


@deed
@written_in_turn
def claim(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Whoever is signed in and holds the receipt has the comment as their own; others sign in first, and come back."""
    reader = origin.reader_beside_token(request)
    if reader is None:
        return _see(f"/account/sign-in/?{urlencode({'next': receipts.path_of(comment)})}")
    if not claiming.claim(comment, by=reader):
        sentence = _("This comment belongs to an account already, or is withdrawn.")
        return HttpResponse(_page(comment, sentence=sentence), status=409)
    return _back(comment)


@deed
@written_in_turn
def appeals(request: HttpRequest, comment: Comment) -> HttpResponse:
    """POST `text`: why a hold or removal is wrong."""
    form = AppealForm(request.POST)
    try:
        _require_valid(request, form)
        appealing.appeal(comment, words=form.cleaned_data["text"], address=_address(request))
    except posting.NotPosted as refusal:
        return answers.refused(_page(comment, appeal=form, sentence=refusal.sentence), refusal)
    return _back(comment)


@require_safe
@held_by_token
def waiting(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The comment while it waits, for the browser that keeps its receipt and shows it beneath the article."""
    return JsonResponse({"held": receipts.waiting(comment)})


@require_safe
@held_by_token
def data(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Everything that is kept about the comment, to take away."""
    content = json.dumps(taking_out.everything_about(comment), ensure_ascii=False, indent=2)
    disposition = f'attachment; filename="comment-{comment.seq}.json"'
    return HttpResponse(
        content, content_type="application/json", headers={"Content-Disposition": disposition}
    )


def _require_valid(request: HttpRequest, form: TextForm, slots: Slots | None = None) -> None:
    valid = form.is_valid()
    if slots and slots.refusal:
        raise slots.refusal
    if slots and not slots.valid and "preview" not in form.data:
        valid = False
    if answers.is_too_long(request):
        raise posting.TooLong(_("That is larger than 64 KB. Shorten it."))
    if not valid:
        raise posting.NotPosted(_("It is not saved yet."))


def _page(
    comment: Comment,
    *,
    edit: TextForm | None = None,
    appeal: TextForm | None = None,
    slots: Slots | None = None,
    sentence: str = "",
    preview: str = "",
) -> bytes:
    """The receipt; with a form as it was sent where that was refused, since nothing that was written may be lost."""
    context = {
        "article": comment.thread.article,
        "receipt": receipts.of(comment),
        "comment": comment,
        "answered": comment.parent,
        "permalink": f"{comment.thread.article.path}c/{comment.seq}/",
        "edit": edit,
        "slots": slots or Slots.of(comment, receipts.pictures_of(comment)),
        "appeal": appeal,
        "sentence": sentence,
        "previewed": preview,
    }
    return rendering.render(Page("discussion/receipt.html", context))


def _back(comment: Comment) -> HttpResponse:
    return _see(receipts.path_of(comment))


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))

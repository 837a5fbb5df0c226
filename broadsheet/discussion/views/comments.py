"""POST a comment, and read a thread as JSON."""

import logging
from dataclasses import replace

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.articles import pages as article_pages
from broadsheet.articles import rendering
from broadsheet.discussion import (
    api,
    counts,
    passages,
    posting,
    previewing,
    reading,
    receipts,
    ruling,
    telling,
    writing,
)
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.forms import CommentForm
from broadsheet.discussion.models import Passage, Thread
from broadsheet.discussion.origin import Provenance, commenter_of, provenance
from broadsheet.discussion.slots import Slots
from broadsheet.discussion.views import answers
from broadsheet.kit.pages import Gone, NotThere, Page

logger = logging.getLogger(__name__)

_OPEN = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
"""The read API is the same for everybody, so pages of other sites may ask it too."""


@csrf_exempt  # The form stands on prints: origin.py does what a token would.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, **address: str) -> HttpResponse:
    """POST makes a comment and answers with the way to its receipt; GET leads to the discussion."""
    if request.method != "POST":
        return HttpResponseRedirect("../#discussion")
    if unread := _foreign(request) or answers.unreadable(request, pictures=True):
        return unread
    slots = None
    try:
        by = commenter_of(request)
        slots = slots_of(request, by)
        with writing.place():
            thread = reading.thread_to_post_in(**address)
            form = CommentForm(request.POST, by=by)
            return _posted(thread, form, slots, too_long=answers.is_too_long(request))
    except (NotThere, Gone) as missing:
        return answers.missing(missing)
    except DatabaseError:
        logger.exception("A comment could not be saved.")
        fields = ("text", "name", "email", "parent", "passage", "follow")
        return answers.not_saved(request, *fields, slots=slots)


def slots_of(request: HttpRequest, by: Commenter) -> Slots:
    """The pictures that come with a form. They are read before a place for writing is taken."""
    slots = Slots(request.POST, request.FILES)
    slots.take_in(by)
    return slots


def _foreign(request: HttpRequest) -> HttpResponse | None:
    if provenance(request) is Provenance.FOREIGN:
        return answers.plain(
            _("Comments are only taken from this publication’s own pages. Post it from the article."), 403
        )
    return None


def _posted(thread: Thread, form: CommentForm, slots: Slots, *, too_long: bool) -> HttpResponse:
    valid = form.is_valid()
    try:
        if too_long:
            raise posting.TooLong(_("Your comment is larger than 64 KB. Shorten it, or post it in parts."))
        if slots.refusal:
            raise slots.refusal
        described = slots.valid
        if "preview" in form.data and "text" in form.cleaned_data:
            html = previewing.preview(thread, form.cleaned_data["text"], by=form.by)
            return HttpResponse(_filled_form(thread, form, slots, preview=html))
        if not valid or not described:
            raise posting.NotPosted(_("Your comment is not posted yet."))
        comment = posting.post_comment(thread, draft=replace(form.draft, pictures=slots.attached), by=form.by)
    except posting.NotPosted as refusal:
        if isinstance(refusal, posting.AlreadyThere) and refusal.comment.visible:
            return _see(f"{thread.article.path}c/{refusal.comment.seq}/")
        afresh = isinstance(refusal, posting.ConversationClosed)
        filled = _filled_form(thread, form, slots, sentence=refusal.sentence, afresh=afresh)
        return answers.refused(filled, refusal)
    return _see(receipts.path_of(comment))


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def _filled_form(
    thread: Thread,
    form: CommentForm,
    slots: Slots,
    *,
    sentence: str = "",
    preview: str = "",
    afresh: bool = False,
) -> bytes:
    """The filled form with the reason, or with how it would look: nothing that was written is lost.

    `afresh`: it answers nothing any more, so that what was written can be posted by itself.
    """
    article = thread.article
    parent = None
    if form.cleaned_data.get("parent") and not afresh:
        parent = reading.find(thread, form.cleaned_data["parent"])
    context = {
        "article": article,
        "form": form,
        "slots": slots,
        "sentence": sentence,
        "previewed": preview,
        "answered": parent,
        "passage": _passage(thread, form),
        "post_path": f"{article.path}comments/",
        "rules": telling.told(article, ruling.in_force(thread)),
    }
    return rendering.render(Page("discussion/refused.html", context))


def _passage(thread: Thread, form: CommentForm) -> Passage | None:
    """The passage it is about, if that stands still: else what was written can be sent as a comment on all."""
    number = form.cleaned_data.get("passage")
    passage = passages.find(thread, number) if number and not form.cleaned_data.get("parent") else None
    return passage if passage is not None and passage.stands else None


@require_safe
def comments_json(request: HttpRequest, **address: str) -> HttpResponse:
    """The open read API: `?after=SEQ&limit=` by number, or `?since=REV` by visible change."""
    try:
        article = article_pages.find_article(**address)
        query = api.Query.parse(request.GET)
    except api.BadQuery as bad:
        return JsonResponse({"error": str(bad)}, status=400)
    except (NotThere, Gone) as missing:
        return JsonResponse(
            {"error": "No article stands here."}, status=410 if isinstance(missing, Gone) else 404
        )
    return JsonResponse(api.answer(article, reading.thread_of(article), query), headers=_OPEN)


@require_safe
def counts_json(request: HttpRequest) -> HttpResponse:
    """How many comments stand under many articles: `?path=…&path=…`."""
    if wait := counts.wait_of(request.META.get("REMOTE_ADDR", "")):
        refusal = JsonResponse(
            {"error": "Too many questions from your network. Ask again later."}, status=429
        )
        refusal["Retry-After"] = str(wait)
        return refusal
    try:
        found = counts.answer(request.GET.getlist("path"))
    except api.BadQuery as bad:
        return JsonResponse({"error": str(bad)}, status=400)
    return JsonResponse(found, headers=_OPEN | {"Cache-Control": f"public, max-age={counts.KEPT}"})

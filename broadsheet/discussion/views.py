"""The addresses of the discussion that are not prints: posting, receipts, and the read API."""

import logging
from typing import Any

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.articles import pages as article_pages
from broadsheet.articles import rendering
from broadsheet.discussion import api, desk, posting, reading, receipts
from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.forms import CommentForm
from broadsheet.discussion.models import Thread
from broadsheet.discussion.origin import Provenance, provenance
from broadsheet.kit.pages import Gone, NotThere, Page

logger = logging.getLogger(__name__)

LARGEST_POST = 64 * 1024
LARGEST_ANSWERED = 1024 * 1024
"""A refused comment comes back in its form; beyond this many bytes it is not even read."""
MOST_FIELDS = 50


@csrf_exempt  # The form stands on prints: origin.py does what a token would.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, **address: str) -> HttpResponse:
    """POST makes a comment and answers with the way to its receipt; GET leads to the discussion."""
    if request.method != "POST":
        return HttpResponseRedirect("../#discussion")
    if unread := _not_even_read(request):
        return unread
    try:
        with desk.place():
            thread = reading.thread_to_post_in(**address)
            form = CommentForm(request.POST, by=_commenter(request))
            return _posted(thread, form, too_long=_length(request) > LARGEST_POST)
    except (NotThere, Gone) as missing:
        return _missing(missing)
    except DatabaseError:
        logger.exception("A comment could not be saved.")
        kept = {name: request.POST.get(name, "") for name in ("text", "name", "email", "parent")}
        kept["path"] = request.path
        return HttpResponse(
            render_to_string("discussion/not_saved.html", kept), status=503, headers={"Retry-After": "10"}
        )


def _not_even_read(request: HttpRequest) -> HttpResponse | None:
    """The answer to what is no comment from one of our own forms."""
    if _length(request) > LARGEST_ANSWERED:
        return _plain(_("That is too large to be a comment. Go back and shorten it."), 413)
    if provenance(request) is Provenance.FOREIGN:
        return _plain(
            _("Comments are only taken from this publication’s own pages. Post it from the article."), 403
        )
    if len(request.POST) > MOST_FIELDS:
        return _plain(_("That form has too many fields."), 400)
    return None


def _length(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _posted(thread: Thread, form: CommentForm, *, too_long: bool) -> HttpResponse:
    valid = form.is_valid()
    if too_long:
        return _refused(
            thread, form, _("Your comment is larger than 64 KB. Shorten it, or post it in parts."), 413
        )
    if not valid:
        return _refused(thread, form, _("Your comment is not posted yet."), 422)
    try:
        comment = posting.post_comment(thread, draft=form.draft, by=form.by)
    except posting.NotPosted as refusal:
        response = _refused(thread, form, refusal.sentence, refusal.status)
        if refusal.retry_after is not None:
            response["Retry-After"] = str(refusal.retry_after)
        return response
    response = HttpResponseRedirect(receipts.path_of(comment))
    response.status_code = 303
    return response


def _commenter(request: HttpRequest) -> Commenter:
    """The reader only where the browser vouches that our own page sent this; otherwise a guest."""
    reader = None
    if provenance(request) is Provenance.OWN and request.user.is_authenticated:
        reader = request.user
    return Commenter(request.META.get("REMOTE_ADDR", ""), reader)


def _refused(thread: Thread, form: CommentForm, sentence: str, status: int) -> HttpResponse:
    """The filled form with the reason: nothing that was written is lost."""
    article = thread.article
    parent = None
    if form.cleaned_data.get("parent"):
        parent = reading.find(thread, form.cleaned_data["parent"])
    context = {
        "article": article,
        "form": form,
        "sentence": sentence,
        "answered": parent,
        "post_path": f"{article.path}comments/",
    }
    return HttpResponse(rendering.render(Page("discussion/refused.html", context)), status=status)


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a comment, for whoever holds the link."""
    comment = receipts.comment_of(token)
    if comment is None:
        return _missing(NotThere())
    article = comment.thread.article
    context: dict[str, Any] = {
        "article": article,
        "comment": comment,
        "hold": comment.holds.filter(ended_at=None).first(),
        "removal": comment.removals.filter(undone_at=None).first(),
        "answered": comment.parent,
        "permalink": f"{article.path}c/{comment.seq}/",
    }
    return HttpResponse(rendering.render(Page("discussion/receipt.html", context)))


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
    return JsonResponse(api.answer(reading.thread_of(article), query), headers={"Cache-Control": "no-cache"})


def _missing(missing: NotThere | Gone) -> HttpResponse:
    if isinstance(missing, Gone):
        return HttpResponse(rendering.render(missing.page or article_pages.gone()), status=410)
    return HttpResponse(rendering.render(article_pages.not_found()), status=404)


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")

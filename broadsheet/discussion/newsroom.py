"""The newsroom's screens for comments. Each asks for a moderator; each decision is one deed of `deciding.py`."""

import re
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.utils import get_valid_next_url_from_request

from broadsheet.discussion import conversations, deciding, pages, pictured, pinning, waiting
from broadsheet.discussion.models import Comment
from broadsheet.kit.pages import Gone, NotThere
from broadsheet.kit.text import clean_line
from broadsheet.readers.proving import reader_of

LONGEST_REASON = 200
_AT = re.compile(
    r"(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/(?P<slug>[^/]+)/c/(?P<seq>[1-9]\d{0,8})/", re.ASCII
)


def moderators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse whoever may not decide about comments; Wagtail tells them so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(deciding.PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@moderators_only
@require_GET
def pile(request: HttpRequest, name: str = waiting.WAITING.name) -> HttpResponse:
    """One pile of comments, a page at a time."""
    if name not in waiting.PILES:
        raise Http404
    after = request.GET.get("after", "")
    comments, following = waiting.PILES[name].page(
        int(after) if after.isdecimal() and len(after) < 19 else None
    )
    context = {
        "pile": waiting.PILES[name],
        "piles": waiting.PILES.values(),
        "comments": comments,
        "following": following,
        "waiting_count": waiting.WAITING.count(),
        "longest_reason": LONGEST_REASON,
    }
    return render(request, "discussion/newsroom/pile.html", context)


@moderators_only
@require_GET
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment with everything that may be decided about it."""
    found = waiting.with_context(Comment.objects.filter(pk=pk)).first()
    if found is None:
        raise Http404
    context = {
        "comment": found,
        "pile": waiting.pile_of(found),
        "longest_reason": LONGEST_REASON,
        "conversation": conversations.around(found),
    }
    return render(request, "discussion/newsroom/one.html", context)


@moderators_only
@require_GET
def comment_at(request: HttpRequest, address: str) -> HttpResponse:
    """From where readers see a comment to its screen; the address is that of its own page."""
    match = _AT.fullmatch(address)
    if match is None:
        raise Http404
    try:
        _article, found = pages.find_comment(**match.groupdict())
    except (NotThere, Gone):
        raise Http404 from None
    return redirect("newsroom_comment", found.pk)


@moderators_only
@require_GET
def picture(request: HttpRequest, key: str, width: int) -> HttpResponse:
    """A picture of a comment in whatever state, earlier ones too."""
    comment = get_object_or_404(Comment, files__key=key)
    try:
        content = pictured.bytes_of(comment, key, width)
    except NotThere:
        raise Http404 from None
    return HttpResponse(content, content_type=pictured.WEBP, headers={"Cache-Control": "private, no-store"})


@moderators_only
@require_POST
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what waits; the form says how often its author had changed the text that was read."""
    edits = request.POST.get("edits", "")
    read = int(edits) if edits.isdecimal() and len(edits) < 10 else None
    return _decide(
        request,
        pk,
        "published",
        lambda comment: deciding.approve(comment, by=reader_of(request), edits=read),
    )


@moderators_only
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of sight until somebody decides; its author is told the reason, so there always is one."""
    reason = _reason(request) or "a moderator looks at it"
    return _decide(
        request, pk, "held", lambda comment: deciding.hold(comment, by=reader_of(request), reason=reason)
    )


@moderators_only
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    reason = _reason(request)
    return _decide(
        request,
        pk,
        "removed",
        lambda comment: deciding.remove(comment, by=reader_of(request), reason=reason),
    )


@moderators_only
@require_POST
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(
        request, pk, "published again", lambda comment: deciding.restore(comment, by=reader_of(request))
    )


@moderators_only
@require_POST
def upholding(request: HttpRequest, pk: int) -> HttpResponse:
    """A removal stays though its author appealed."""
    note = _reason(request)
    return _decide(
        request,
        pk,
        "still removed; its author is told",
        lambda comment: deciding.uphold(comment, by=reader_of(request), note=note),
    )


@moderators_only
@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, "pinned", lambda comment: pinning.pin(comment, by=reader_of(request)))


@moderators_only
@require_POST
def unpinning(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, "unpinned", lambda comment: pinning.unpin(comment, by=reader_of(request)))


@moderators_only
@require_POST
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(
        request, pk, "one of the editors’ picks", lambda comment: pinning.pick(comment, by=reader_of(request))
    )


@moderators_only
@require_POST
def unpicking(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(
        request, pk, "no pick any more", lambda comment: pinning.unpick(comment, by=reader_of(request))
    )


@moderators_only
@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """The conversation that a root began takes no more replies; readers are shown the reason."""
    reason = _reason(request)
    return _decide(
        request,
        pk,
        "closed",
        lambda comment: conversations.close(comment, by=reader_of(request), reason=reason),
        what="conversation begun by",
    )


@moderators_only
@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        pk,
        "open again",
        lambda comment: conversations.reopen(comment, by=reader_of(request)),
        what="conversation begun by",
    )


def _reason(request: HttpRequest) -> str:
    return clean_line(request.POST.get("reason", ""))[:LONGEST_REASON]


def _decide(
    request: HttpRequest, pk: int, became: str, deed: Callable[[Comment], Comment], what: str = "comment by"
) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=pk)
    try:
        deed(comment)
    except deciding.NotPossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, f"The {what} {comment.author_name} is {became}.")
    return redirect(get_valid_next_url_from_request(request) or "newsroom_comments")

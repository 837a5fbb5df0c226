"""Pictures for those alone who may see them before, or after, everybody else: authors, by a secret in the address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.discussion import pictured
from broadsheet.discussion.models import Comment
from broadsheet.discussion.views import answers
from broadsheet.discussion.views.receipts import PRIVATE, held_by_token
from broadsheet.kit.pages import NotThere


@never_cache
@require_safe
def waiting(request: HttpRequest, key: str, width: str) -> HttpResponse:
    """A picture that came with a form and has no comment yet."""
    try:
        content = pictured.bytes_of_waiting(key, int(width))
    except NotThere as missing:
        return answers.missing(missing)
    return HttpResponse(content, content_type=pictured.WEBP, headers=PRIVATE)


@require_safe
@held_by_token
def own(request: HttpRequest, comment: Comment, key: str, width: str) -> HttpResponse:
    """A picture of a comment, in whatever state that is, for whoever holds its receipt."""
    try:
        content = pictured.bytes_of(comment, key, int(width))
    except NotThere as missing:
        return answers.missing(missing)
    return HttpResponse(content, content_type=pictured.WEBP)

"""A thread or a conversation to print or keep: answered anew for whoever asks, a part at a time."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.articles import rendering
from broadsheet.discussion import transcripts
from broadsheet.discussion.views import answers
from broadsheet.kit.pages import Gone, Moved, NotThere

_HEADERS = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}


@require_safe
def transcript(request: HttpRequest, kind: str, **address: str) -> HttpResponse:
    """One part, in the format that the address ends in."""
    try:
        with transcripts.place(request.META.get("REMOTE_ADDR", "")):
            page = transcripts.FORMATS[kind](transcripts.part(**address))
            content = rendering.render(page)
    except Moved as moved:
        return HttpResponseRedirect(f"{moved.path}transcript.{kind}")
    except (NotThere, Gone) as missing:
        return answers.missing(missing)
    except transcripts.TooMany as refusal:
        sentence = _("Too many discussions were asked for just now. Ask again in a minute.")
        answer = answers.plain(f"{sentence}\n", 429)
        answer["Retry-After"] = str(refusal.retry_after)
        return answer
    return HttpResponse(content, content_type=page.content_type, headers=_HEADERS)

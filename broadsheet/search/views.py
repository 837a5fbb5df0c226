"""The search page: one address, answered anew for everybody who asks, complete without JavaScript."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from broadsheet.articles import rendering, site
from broadsheet.kit.pages import Page
from broadsheet.search import allowances, finding, words
from broadsheet.search.engines.asking import MOST_SHOWN, TookTooLong
from broadsheet.search.forms import SearchForm

BUSY_SECONDS = 5


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found if something was asked."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return _answer(form, form.sentences, status=400)
    if not form.asks:
        return _answer(form)
    try:
        found = finding.find(form.question, address=request.META.get("REMOTE_ADDR", ""))
    except words.NotUnderstood as misunderstanding:
        return _answer(form, [str(misunderstanding)], status=400)
    except allowances.TooMany as refusal:
        return _answer(form, [_too_many(refusal.retry_after)], status=429, retry_after=refusal.retry_after)
    except allowances.Crowded:
        sentence = gettext("Many people are searching just now. Ask again in a few seconds.")
        return _answer(form, [sentence], status=503, retry_after=BUSY_SECONDS)
    except TookTooLong:
        sentence = gettext(
            "That took too long, so it was stopped. Add a word, or choose a section or a time."
        )
        return _answer(form, [sentence], status=503, retry_after=BUSY_SECONDS)
    return _answer(form, found=found)


def _answer(
    form: SearchForm,
    sentences: Sequence[str] = (),
    *,
    found: finding.Found | None = None,
    status: int = 200,
    retry_after: int = 0,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "asked": {name: form.data.get(name, "") for name in form.fields},
        "found": found,
        "sentences": sentences,
        "all_sections": site.lively_sections(),
        "with_comments": settings.OPTIONS["search_comments"],
        "filtered": any(form.data.get(name) for name in ("section", "by", "since", "until")),
        "longest": words.LONGEST,
        "most": MOST_SHOWN,
        "here": "/search/",
    }
    if found:
        context |= {"previous": _page(form, found, -1), "next": _page(form, found, +1)}
    response = HttpResponse(rendering.render(Page("search/search.html", context)), status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def _too_many(seconds: int) -> str:
    sentence = ngettext(
        "That is a lot of searches in a short time. Wait %d second and ask again.",
        "That is a lot of searches in a short time. Wait %d seconds and ask again.",
        seconds,
    )
    return sentence % seconds


def _page(form: SearchForm, found: finding.Found, step: int) -> str:
    """The address of the page before or after; empty at the ends."""
    number = found.page + step
    if not 1 <= number <= found.last:
        return ""
    asked = {name: form.data[name] for name in form.fields if form.data.get(name) and name != "page"}
    return f"/search/?{urlencode(asked | ({'page': str(number)} if number > 1 else {}))}"

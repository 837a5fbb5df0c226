"""The window in which a link is chosen: our articles and standing pages, where Wagtail has a page tree."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views import chooser

from broadsheet.articles.models import Article, StandingPage

SHOWN = 12
"""Of each kind; whoever looks for an older one types a word of its headline."""


@dataclass(frozen=True)
class Found:
    path: str
    title: str
    about: str


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """What Wagtail's script calls the step of browsing: it binds the links, and asks `search` as somebody types."""
    context = chooser.shared_context(request, {"found": find(""), "search_form": SearchForm()})
    told = {"step": "browse", "parent_page_id": None}
    answer: HttpResponse = render_modal_workflow(
        request, "articles/newsroom/links.html", None, context, json_data=told
    )
    return answer


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    return render(request, "articles/newsroom/links_found.html", {"found": find(words)})


def find(words: str) -> list[Found]:
    """What readers can open now, by words of its headline or title; the newest articles first."""
    articles, pages = Article.objects.filter(live=True), StandingPage.objects.filter(live=True)
    for word in words.split():
        articles, pages = articles.filter(headline__icontains=word), pages.filter(title__icontains=word)
    newest = articles.only("headline", "slug", "published_on", "published_at").order_by(
        "-published_at", "-pk"
    )
    return [
        *(
            Found(each.path, each.headline, f"{localtime(each.published_at):%-d %B %Y}")
            for each in newest[:SHOWN]
        ),
        *(Found(each.path, each.title, "standing page") for each in pages.order_by("title")[:SHOWN]),
    ]

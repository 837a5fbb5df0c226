"""The newsroom's own pages about one article: its copy, and the notes beside it. Each asks the deed for permission."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from broadsheet.articles import duplicating, noting
from broadsheet.articles.forms import AnswerForm, NoteForm
from broadsheet.articles.models import Article, Note
from broadsheet.readers import second_factor

_SCREENS = "wagtailsnippets_articles_article"


@second_factor.not_needed
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks whether, POST makes the copy and opens it."""
    article = get_object_or_404(Article, pk=pk)
    if request.method != "POST":
        return render(request, "articles/newsroom/copy.html", {"article": article})
    made = duplicating.duplicate(article, by=request.user)
    messages.success(request, f"“{made}” is a draft of yours now.")
    return redirect(f"{_SCREENS}:edit", made.pk)


@second_factor.not_needed
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """The talks beside an article; POST leaves a note."""
    article = get_object_or_404(Article, pk=pk)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        noting.leave(article, by=request.user, **form.cleaned_data)
        return redirect(f"{_SCREENS}:notes", pk)
    context = {"article": article, "talks": noting.talks(article), "form": form}
    return render(request, "articles/newsroom/notes.html", context, status=422 if form.is_bound else 200)


@second_factor.not_needed
@require_POST
def answer(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    found = _note(pk, note)
    form = AnswerForm(request.POST)
    if form.is_valid():
        noting.leave(found.article, by=request.user, answers=found, **form.cleaned_data)
    else:
        messages.error(request, "An answer needs a few words, at most 2,000 characters.")
    return redirect(f"{_SCREENS}:notes", pk)


@second_factor.not_needed
@require_POST
def resolution(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Resolved; with `open` in the form, open again."""
    deed: Any = noting.reopen if "open" in request.POST else noting.resolve
    deed(_note(pk, note), by=request.user)
    return redirect(f"{_SCREENS}:notes", pk)


def _note(article: int, note: int) -> Note:
    return get_object_or_404(Note.objects.select_related("article", "answers"), pk=note, article=article)

"""The newsroom's screen of the front page, and the window in which articles are chosen for it."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import PreviewOnEditView

from broadsheet.articles import arranging
from broadsheet.articles.earlier_fronts import earlier_fronts
from broadsheet.articles.models import Arrangement, Article, KeptArrangement
from broadsheet.masthead.newsroom import OneRow, RecordingEditView, RecordingViewSet


class _LiveMixin:
    """Only what readers see can be chosen: a draft's headline is nobody's business but its author's."""

    def get_object_list(self) -> QuerySet[Article]:
        live: QuerySet[Article] = Article.objects.filter(live=True).order_by("-published_at", "-pk")
        return live


class ChooseArticle(_LiveMixin, ChooseView):
    pass


class ChooseArticleResults(_LiveMixin, ChooseResultsView):
    pass


class ChosenArticle(SnippetChosenView):
    def get_object(self, pk: str) -> Article:
        article: Article = Article.objects.get(pk=pk, live=True)
        return article


class ChosenArticles(SnippetChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[Article]:
        articles: QuerySet[Article] = Article.objects.filter(pk__in=pks, live=True)
        return articles


class ArticleChooserViewSet(SnippetChooserViewSet):
    choose_view_class = ChooseArticle
    choose_results_view_class = ChooseArticleResults
    chosen_view_class = ChosenArticle
    chosen_multiple_view_class = ChosenArticles


class _RowMixin:
    """The one row comes into being when somebody first looks at it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        Arrangement.objects.get_or_create(pk=1)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class ArrangementEditView(_RowMixin, RecordingEditView):
    before: KeptArrangement | None = None
    """What the arrangement that is saved takes the place of."""

    def save_instance(self) -> Model:
        stood = arranging.keep_what_stands()
        instance = super().save_instance()
        stands = arranging.keep(Arrangement.objects.get(pk=instance.pk), by=self.request.user)
        self.before = stood if stands != stood else None
        return instance

    def get_success_message(self, instance: Any = None) -> str:
        return _done(self.request, "Readers see the front page so from now on.", self.before)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons: list[Any] = list(super().header_more_buttons)
        url = reverse("newsroom_fronts")
        return [*buttons, Button("Earlier front pages", url=url, icon_name="history", priority=15)]

    def get_success_url(self) -> str:
        """Where one was: there is no list of front pages to go back to."""
        return str(self.get_edit_url())


class ArrangementPreview(_RowMixin, PreviewOnEditView):
    pass


class ArrangementViewSet(RecordingViewSet):
    model = Arrangement
    icon = "home"
    add_to_admin_menu = False
    edit_view_class = ArrangementEditView
    preview_on_edit_view_class = ArrangementPreview
    panels = (FieldPanel("parts", heading="From top to bottom"),)

    @property
    def permission_policy(self) -> OneRow:
        return OneRow(self.model)


class FrontPageMenuItem(MenuItem):
    """Leads to the one row, not to a list of one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_arrangement")


@require_safe
def fronts(request: HttpRequest) -> HttpResponse:
    """Every arrangement that is kept, the one that stands now first."""
    return render(request, "articles/newsroom/fronts.html", {"fronts": earlier_fronts()})


@require_safe
def front_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The front page as it would be today in an earlier arrangement."""
    kept = get_object_or_404(KeptArrangement, pk=pk)
    answer: HttpResponse = Arrangement(pk=1, parts=kept.parts).make_preview_request(request, "")
    return answer


@require_POST
def front_return(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(KeptArrangement, pk=pk)
    believed = request.POST.get("instead_of", "")
    try:
        replaced = arranging.put_back(
            kept, by=request.user, instead_of=int(believed) if believed.isdecimal() else None
        )
    except arranging.NotPossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, _done(request, "Readers see that front page again.", replaced))
    return redirect("newsroom_fronts")


def _done(request: HttpRequest, sentence: str, before: KeptArrangement | None) -> str:
    """What was done, with a button that takes it back where something is other than before."""
    context = {"sentence": sentence, "before": before, "stands": arranging.newest()}
    return render_to_string("articles/newsroom/front_done.html", context, request)

"""The newsroom's screen of the front page, and the window in which articles are chosen for it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import PreviewOnEditView

from broadsheet.articles.models import Arrangement, Article
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

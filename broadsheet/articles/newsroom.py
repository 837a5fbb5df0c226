"""Newsroom screens of articles and what they are filed under. Rules live in the models; here is only what one sees."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Revision
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, UnlockView, UnpublishView

from broadsheet.articles import (
    hints,
    meeting,
    owning,
    recalling,
    scheduling,
    side_panels,
    translations,
    views,
)
from broadsheet.articles.forms import BodyForm, RecallForm
from broadsheet.articles.models import Article, Byline, Recall, Section, StandingPage, Tag
from broadsheet.articles.newsroom_corrections import CorrectingMixin
from broadsheet.articles.newsroom_front import ArticleChooserViewSet
from broadsheet.articles.newsroom_list import ArticleListView
from broadsheet.articles.newsroom_pictures import NamedTagWidget
from broadsheet.kit.slugs import slug_of
from broadsheet.masthead.newsroom import LanguageSelect, ListView, RecordingViewSet, panels_beside
from broadsheet.readers import proving

PUBLICATION = ("live", "live_revision_id", "first_published_at", "last_published_at")
"""What of a row says that it is published, whatever kind it is."""


class ArticleForm(BodyForm):
    def clean_slug(self) -> str:
        """A published article's day is fixed, so two of one day cannot share a slug; a draft finds a free one."""
        slug: str = self.cleaned_data["slug"] or slug_of(self.cleaned_data.get("headline", ""))
        same_day = Article.objects.filter(published_on=self.instance.published_on, slug=slug)
        if self.instance.published_on and same_day.exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                f"Another article of that day has the address /{slug}/. Choose another slug."
            )
        return slug

    def clean_translation_of(self) -> Article | None:
        """The original, where a translation of it was chosen."""
        chosen: Article | None = self.cleaned_data["translation_of"]
        original = translations.original_of(chosen) if chosen else None
        if original and (refusal := translations.refusal(self.instance, original)):
            raise ValidationError(refusal)
        return original

    def clean(self) -> dict[str, Any]:
        """Nobody twice in a byline, no language twice; the database would refuse it without a sentence, or not."""
        cleaned: dict[str, Any] = super().clean()
        self._check_language(cleaned)
        rows = [row.cleaned_data for row in self.formsets["bylines"].forms if row.is_valid()]
        people = [row.get("person") for row in rows if not row.get("DELETE")]
        for twice in {person for person in people if person and people.count(person) > 1}:
            self.add_error(None, f"{twice} stands in the byline twice. Take one away.")
        self._forget_unsent_bylines()
        return cleaned

    def _check_language(self, cleaned: dict[str, Any]) -> None:
        original, language = cleaned.get("translation_of"), cleaned.get("language", "")
        if other := translations.of_that_language(self.instance, original, language):
            sentence = f"“{other}” is in this language, and the two are translations of each other."
            self.add_error("language", f"{sentence} Choose the one that this article is written in.")

    def _forget_unsent_bylines(self) -> None:
        """The form sends the whole byline. What it does not know was saved by itself while the form was on its way."""
        sent = {form.instance.pk for form in self.formsets["bylines"].initial_forms}
        self.instance.bylines.set([byline for byline in self.instance.bylines.all() if byline.pk in sent])


class ArticleCreateView(CreateView):
    def save_instance(self) -> Article:
        self.form.instance.begun_by = self.request.user
        article: Article = super().save_instance()
        return article


class UnlockingMixin:
    """Whoever may unlock articles may also while one waits for approval."""

    request: HttpRequest

    def user_has_permission(self, permission: str) -> bool:
        if permission == "unlock" and self.request.user.has_perm("articles.unlock_article"):
            return True
        return bool(super().user_has_permission(permission))  # type: ignore[misc]


class ArticleUnlockView(UnlockingMixin, UnlockView):
    pass


class MeetingMixin:
    """Says at once who else has it open. What the engine saves by itself asks for no page, and is told nothing."""

    request: HttpRequest
    object: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if told := meeting.sentence(meeting.others(self.object, proving.reader_of(request))):
            messages.warning(request, told)
        answer: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class PublishedMeanwhileMixin:
    """What the editor saves by itself may still be on its way while somebody publishes.

    Wagtail saves the whole row of a draft as it was when the request began: it would take the publication back.
    """

    object: Any

    def save_instance(self) -> Any:
        now = type(self.object)._default_manager.select_for_update(of=("self",)).get(pk=self.object.pk)
        if now.live and not self.object.live:
            for name in PUBLICATION:
                setattr(self.object, name, getattr(now, name))
        return super().save_instance()  # type: ignore[misc]


class MetEditView(MeetingMixin, PublishedMeanwhileMixin, EditView):
    pass


class ArticleEditView(MeetingMixin, CorrectingMixin, UnlockingMixin, PublishedMeanwhileMixin, EditView):
    def get_side_panels(self) -> MediaContainer:
        """Wagtail's, with ours; neither what autosave answers nor the form of a new article has a place for them."""
        panels = list(super().get_side_panels())
        if not self.expects_json_response and not self.hydrate_create_view:
            beside = (side_panels.HintsSidePanel, side_panels.NotesSidePanel)
            panels += [panel(self.object, self.request) for panel in beside]
            panels += panels_beside(self.object, self.request)
        return MediaContainer(panels)

    def save_instance(self) -> Article:
        if self.object.live and self.object.live_revision_id is None:
            self.object.live_revision = _revision_of_what_is_live(self.object.pk)
        article: Article = super().save_instance()
        return article


class RevertMixin:
    """An older version whose people have left the byline since brings them back as new rows of it."""

    def get_object(self, queryset: Any = None) -> Article:
        article: Article = super().get_object(queryset)  # type: ignore[misc]
        there = set(Byline.objects.filter(article=article.pk).values_list("pk", flat=True))
        for byline in article.bylines.all():
            byline.pk = byline.pk if byline.pk in there else None
        return article


def _revision_of_what_is_live(pk: int) -> Revision:
    """Give an article that came without revisions (imported) one of what readers see now.

    There is something to compare with and to go back to; and Wagtail takes a live article without a live revision
    offline when a change of it is scheduled.
    """
    revision: Revision = Article.objects.get(pk=pk).save_revision(changed=False)
    Article.objects.filter(pk=pk).update(live_revision=revision, has_unpublished_changes=False)
    return revision


class RecallView(UnpublishView):
    """Unpublish with a reason for its readers."""

    template_name = "articles/newsroom/unpublish.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            "form": RecallForm(initial={"kind": Recall.Kind.EDITORS}),
            **super().get_context_data(**context),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RecallForm(request.POST)
        if not form.is_valid():
            refused: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
            return refused
        recalling.recall(self.object, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{self.object}” is withdrawn.")
        return redirect(self.get_next_url())


class HintsColumn(Column):
    """How many hints there are, where there are any."""

    cell_template_name = "articles/newsroom/hints_cell.html"


_story = [
    TitleFieldPanel("headline", placeholder="Headline"),
    FieldPanel("standfirst"),
    FieldPanel("body"),
]
_picture = MultiFieldPanel(
    [
        FieldPanel("lead_picture"),
        FieldPanel("lead_alt"),
        FieldRowPanel([FieldPanel("lead_caption"), FieldPanel("lead_credit")]),
    ],
    heading="Lead picture",
)
_filing = [
    InlinePanel("bylines", heading="Bylines", label="Byline", panels=[FieldPanel("person")]),
    MultiFieldPanel(
        [FieldPanel("section", widget=Select), FieldPanel("tags", widget=NamedTagWidget)],
        heading="Filed under",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("credit"), FieldPanel("credit_url")]),
            FieldPanel("agency"),
            FieldPanel("licence"),
            FieldRowPanel([FieldPanel("licence_name"), FieldPanel("licence_url")]),
        ],
        heading="Credit: whom it came from",
    ),
    MultiFieldPanel(
        [FieldPanel("language", widget=LanguageSelect), FieldPanel("translation_of")], heading="Language"
    ),
    FieldPanel("slug", widget=SlugInput),
    PublishingPanel(),
]


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "doc-full"
    menu_label = "Articles"
    menu_name = "articles"
    menu_order = 100
    add_to_admin_menu = True
    copy_view_enabled = False
    chooser_viewset_class = ArticleChooserViewSet
    index_view_class = ArticleListView
    add_view_class = ArticleCreateView
    edit_view_class = ArticleEditView
    unlock_view_class = ArticleUnlockView
    unpublish_view_class = RecallView
    list_display = (
        "headline",
        Column("section", label="Section", sort_key="section", classname="fact"),
        HintsColumn(
            "hints",
            label="Hints",
            accessor=lambda article: len(hints.quick(article)) or "",
            classname="fact hints-cell",
        ),
        LiveStatusTagColumn(classname="fact"),
        DateColumn(
            "scheduled_for", label="Scheduled", sort_key="scheduled_for", classname="fact scheduled-cell"
        ),
        DateColumn("published_at", label="Published", sort_key="published_at", classname="fact"),
    )
    list_filter = ("section", "live", "bylines__person")
    list_per_page = 50
    search_fields = ("headline",)
    search_backend_name = None
    ordering = ("-pk",)
    edit_handler = TabbedInterface(
        [ObjectList([*_story, _picture], heading="Story"), ObjectList(_filing, heading="Filing and dates")],
        base_form_class=ArticleForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return scheduling.for_lists(owning.changeable(request.user))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("copy/<int:pk>/", views.copy, name="duplicate"),
            path("notes/<int:pk>/", views.notes, name="notes"),
            path("notes/<int:pk>/<int:note>/answers/", views.answer, name="answer"),
            path("notes/<int:pk>/<int:note>/resolution/", views.resolution, name="resolution"),
        ]

    @property
    def revisions_revert_view_class(self) -> type:
        return type("ArticleRevertView", (RevertMixin, super().revisions_revert_view_class), {})

    @property
    def permission_policy(self) -> owning.ArticlePolicy:
        return owning.ArticlePolicy(self.model)


class StandingPageViewSet(SnippetViewSet):
    model = StandingPage
    icon = "doc-empty"
    menu_label = "Standing pages"
    menu_name = "standing-pages"
    menu_order = 180
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ListView
    edit_view_class = MetEditView
    unpublish_view_class = RecallView
    list_display = ("title", "path", LiveStatusTagColumn())
    search_fields = ("title", "path")
    search_backend_name = None
    ordering = ("path",)
    edit_handler = ObjectList(
        [
            FieldPanel("title", classname="title"),
            FieldPanel("path"),
            FieldPanel("body"),
            FieldPanel("menu_order"),
            PublishingPanel(),
        ],
        base_form_class=BodyForm,
    )


class SectionViewSet(RecordingViewSet):
    model = Section
    icon = "list-ul"
    menu_label = "Sections"
    menu_name = "sections"
    menu_order = 160
    list_display = ("name", "slug", "parent", "order")
    search_fields = ("name",)
    ordering = ("order", "name")
    panels = (
        TitleFieldPanel("name", placeholder="Name"),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("parent", widget=Select), FieldPanel("order")]),
    )


class TagViewSet(RecordingViewSet):
    model = Tag
    icon = "tag"
    menu_label = "Tags"
    menu_name = "tags"
    menu_order = 170
    list_display = ("name", "slug")
    search_fields = ("name",)
    ordering = ("name",)
    panels = (TitleFieldPanel("name", placeholder="Name"), FieldPanel("slug", widget=SlugInput))


def refusal_to_delete(things: list[Any]) -> str:
    """Why these cannot be deleted; empty where they can. What was public keeps its address and its discussion."""
    for thing in things:
        if isinstance(thing, Article) and thing.published_on:
            return (
                f"“{thing}” was published, so it keeps its address and its discussion. Unpublish it instead."
            )
        if isinstance(thing, StandingPage) and thing.live:
            return f"“{thing}” is public. Unpublish it first."
    return ""

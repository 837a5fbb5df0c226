"""Newsroom screens of what stands on many public pages: a change there is a fact, so that the prints follow."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.forms import Select
from django.http import HttpRequest, QueryDict
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.components import MediaContainer
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
    PreviewOnEditView,
    SnippetViewSet,
)

from broadsheet.events.recording import record
from broadsheet.kit import locales
from broadsheet.kit.examining import NotTaken
from broadsheet.masthead import logos, speaking
from broadsheet.masthead.models import Publication


class ListView(IndexView):
    """Without Wagtail's bulk actions: they delete behind the back of what is recorded here."""

    @property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if column.name != "bulk_actions"]


class RecordingCreateView(CreateView):
    def save_instance(self) -> models.Model:
        instance: models.Model = super().save_instance()
        _record_change(instance)
        return instance


def panels_beside(thing: models.Model, request: HttpRequest) -> list[Any]:
    """What apps further up put beside the editor of something: they register a hook `side_panels`."""
    return [panel for beside in hooks.get_hooks("side_panels") for panel in beside(thing, request)]


class RecordingEditView(EditView):
    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([*super().get_side_panels(), *panels_beside(self.object, self.request)])

    def save_instance(self) -> models.Model:
        before = self.model.objects.get(pk=self.object.pk)
        instance: models.Model = super().save_instance()
        _record_change(instance, before)
        return instance


class RecordingDeleteView(DeleteView):
    def delete_action(self) -> None:
        with transaction.atomic():
            _record_change(self.object, self.object, deleted=True)
            super().delete_action()


def _record_change(
    instance: models.Model, before: models.Model | None = None, *, deleted: bool = False
) -> None:
    """`section.changed` with its id; where its address is another now, or none, with both."""
    was, now = getattr(before, "path", None), "" if deleted else getattr(instance, "path", None)
    moved = {"was": was, "now": now} if was != now and was else {}
    record(f"{instance._meta.model_name}.changed", id=instance.pk, **moved)


class RecordingViewSet(SnippetViewSet):
    """What every screen of this kind has in common."""

    index_view_class = ListView
    add_view_class = RecordingCreateView
    edit_view_class = RecordingEditView
    delete_view_class = RecordingDeleteView
    copy_view_enabled = False
    add_to_admin_menu = True
    search_backend_name = None
    list_per_page = 50


class OneRow(ModelPermissionPolicy):
    """The one publication is edited, never added or deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class LanguageSelect(Select):
    """The languages by name; one that was chosen already is kept, whether it is known or not."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        names = {"": self.unsaid(), **locales.english_names()}
        self.choices = list(({tag: tag for tag in value} | names).items())
        return super().optgroups(name, value, attrs)

    def unsaid(self) -> str:
        return "The publication’s language"


class PublicationLanguageSelect(LanguageSelect):
    def unsaid(self) -> str:
        tag = speaking.language_of_the_options()
        return f"{locales.english_names().get(tag, tag)}, as in the options"


class PublicationEditView(RecordingEditView):
    def get_success_message(self) -> str:
        """Says too where the colour that was chosen is not the one that is seen."""
        return f"{super().get_success_message()} {self.object.accent_sentence}".strip()

    def get_success_url(self) -> str:
        """Where one was: there is no list of publications to go back to."""
        return str(self.get_edit_url())


PICTURES = ("logo", "logo_dark", "shared")


class PublicationForm(WagtailAdminModelForm):
    """A logo is stored as it is checked: what is kept is not the file that came, but one made of it."""

    def clean_logo(self) -> Any:
        return self._kept("logo")

    def clean_logo_dark(self) -> Any:
        return self._kept("logo_dark")

    def clean_shared(self) -> Any:
        return self._kept("shared", logos.WIDEST_SHARED)

    def _kept(self, name: str, widest: int = logos.WIDEST) -> Any:
        sent = self.cleaned_data[name]
        if not isinstance(sent, UploadedFile):
            return sent
        try:
            logo = logos.keep(sent.read(logos.MOST_BYTES + 1), widest)
        except NotTaken as refusal:
            raise ValidationError(f"This picture cannot be taken: {refusal}.") from refusal
        setattr(self.instance, f"{name}_width", logo.width)
        setattr(self.instance, f"{name}_height", logo.height)
        return logo.name


class PublicationPreview(PreviewOnEditView):
    """Of the form with its files too: Wagtail remembers what was typed, and no more. A picture that was chosen is kept
    as saving would keep it, and what is remembered names it; the publication has it only once it is saved."""

    def get_form(self, query_dict: QueryDict) -> PublicationForm:
        form: PublicationForm = super().get_form(query_dict)
        if query_dict is self.request.POST:
            form.files = self.request.FILES
        return form

    def validate_form(self, form: PublicationForm) -> bool:
        valid: bool = super().validate_form(form)
        if not valid:
            return False
        if form.data is self.request.POST:
            form.data = self._with_pictures(form)
        elif form.is_bound:
            for name in PICTURES:
                for field, value in zip(_of_picture(name), form.data.getlist(f"{name}-kept"), strict=False):
                    setattr(form.instance, field, value)
        return True

    def _with_pictures(self, form: PublicationForm) -> QueryDict:
        data: QueryDict = form.data.copy()
        for name in PICTURES:
            kept = [str(getattr(form.instance, field)) for field in _of_picture(name)]
            data.setlist(f"{name}-kept", kept if name in self.request.FILES else [])
        return data


def _of_picture(name: str) -> tuple[str, str, str]:
    return name, f"{name}_width", f"{name}_height"


class PublicationViewSet(RecordingViewSet):
    model = Publication
    icon = "site"
    add_to_admin_menu = False
    edit_view_class = PublicationEditView
    preview_on_edit_view_class = PublicationPreview
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("motto"),
            FieldPanel("description"),
            FieldPanel("contact"),
            FieldPanel("language", widget=PublicationLanguageSelect),
            FieldPanel("logo"),
            FieldPanel("logo_dark"),
            FieldPanel("shared"),
            FieldPanel("accent"),
            FieldPanel("typefaces"),
            FieldPanel("menu"),
            FieldPanel("foot"),
        ],
        base_form_class=PublicationForm,
    )

    @property
    def permission_policy(self) -> OneRow:
        return OneRow(self.model)


class PublicationMenuItem(MenuItem):
    """Leads to the one row, not to a list of one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("masthead.change_publication")

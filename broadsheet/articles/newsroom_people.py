"""The newsroom's screen of whoever writes: a name, a line, words about them, a picture, places elsewhere."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.images.widgets import AdminImageChooser

from broadsheet.articles.models import Picture, Portrait
from broadsheet.masthead.models import Person
from broadsheet.masthead.newsroom import RecordingViewSet


class PersonForm(WagtailAdminModelForm):
    """The picture is a row of its own: people stand below pictures in the house."""

    portrait = forms.ModelChoiceField(Picture.objects.all(), required=False, widget=AdminImageChooser)
    portrait_alt = forms.CharField(
        max_length=200,
        required=False,
        label="Description of the picture",
        help_text="Leave it empty where it shows only their face: their name stands beside it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if portrait := Portrait.objects.filter(person=self.instance.pk).first():
            self.initial |= {"portrait": portrait.picture_id, "portrait_alt": portrait.alt}

    def save(self, commit: bool = True) -> Person:
        person: Person = super().save(commit)
        if picture := self.cleaned_data["portrait"]:
            shown = {"picture": picture, "alt": self.cleaned_data["portrait_alt"]}
            Portrait.objects.update_or_create(person=person, defaults=shown)
        else:
            Portrait.objects.filter(person=person).delete()
        return person


class PersonViewSet(RecordingViewSet):
    model = Person
    icon = "user"
    menu_label = "People"
    menu_name = "people"
    menu_order = 150
    list_display = ("name", "role", "reader")
    search_fields = ("name", "role")
    ordering = ("name",)
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name"),
            FieldPanel("slug", widget=SlugInput),
            FieldPanel("role"),
            FieldPanel("biography"),
            MultiFieldPanel([FieldPanel("portrait"), FieldPanel("portrait_alt")], heading="Picture"),
            FieldPanel("links"),
            FieldPanel("reader"),
        ],
        base_form_class=PersonForm,
    )

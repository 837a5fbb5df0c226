"""What editors fill in about articles and pages, and beside them."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.articles import raw_html
from broadsheet.articles.models import Note, Recall


class BodyForm(WagtailAdminModelForm):
    def clean_body(self) -> Any:
        body = self.cleaned_data["body"]
        try:
            raw_html.check_change(self.instance.body, body, by=self.for_user)
        except PermissionDenied as refusal:
            raise ValidationError(str(refusal)) from None
        return body


class RecallForm(forms.ModelForm[Recall]):
    class Meta:
        model = Recall
        fields = ("kind", "words")
        labels = {"kind": "Why", "words": "In your words"}
        help_texts = {"words": "Readers are shown both, with the day, at its address."}
        widgets = {"words": forms.Textarea(attrs={"rows": 3, "maxlength": 500})}


class NoteForm(forms.ModelForm[Note]):
    class Meta:
        model = Note
        fields = ("quoted", "text")
        labels = {"quoted": "About these words (may stay empty)", "text": "Your note"}
        widgets = {
            "quoted": forms.TextInput(attrs={"autocomplete": "off"}),
            "text": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        }


class AnswerForm(forms.ModelForm[Note]):
    class Meta:
        model = Note
        fields = ("text",)

"""What a reader may ask in the search form. A plain GET: every question has an address of its own."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from broadsheet.articles.models import Section
from broadsheet.kit.text import clean_line
from broadsheet.search.finding import Question

LAST_PAGE = 25


class SearchForm(forms.Form):
    q = forms.CharField(required=False, strip=True)
    kind = forms.ChoiceField(
        required=False, choices=[("articles", _("Articles")), ("comments", _("Comments"))]
    )
    section = forms.ModelChoiceField(
        Section.objects.all(),
        required=False,
        to_field_name="slug",
        error_messages={"invalid_choice": _("There is no such section. Choose one of the list.")},
    )
    by = forms.CharField(
        required=False, max_length=120, error_messages={"max_length": _("That name is too long. Shorten it.")}
    )
    since = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d", "%Y"],
        error_messages={"invalid": _("Write the first day as 2026-05-12.")},
    )
    until = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the last day as 2026-05-12.")},
    )
    order = forms.ChoiceField(
        required=False, choices=[("best", _("Best first")), ("newest", _("Newest first"))]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def clean_kind(self) -> str:
        """Where the publisher keeps comments out, they are not looked through, whoever asks."""
        return str(self.cleaned_data["kind"]) if settings.OPTIONS["search_comments"] else "articles"

    def clean_by(self) -> str:
        return clean_line(self.cleaned_data["by"])

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            raise ValidationError(_("The first day is after the last. Exchange them."))
        return self.cleaned_data

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for yet."""
        return bool(str(self.data.get("q", "")).strip())

    @property
    def question(self) -> Question:
        said = self.cleaned_data
        return Question(
            typed=said["q"],
            comments=said["kind"] == "comments",
            section=said["section"],
            by=said["by"],
            since=said["since"],
            until=said["until"],
            newest_first=said["order"] == "newest",
            page=said["page"] or 1,
        )

    @property
    def sentences(self) -> list[str]:
        """What is wrong, whatever the field."""
        return [str(sentence) for sentences in self.errors.values() for sentence in sentences]

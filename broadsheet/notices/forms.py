"""Asking to be told of replies, from a receipt."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from broadsheet.kit import text
from broadsheet.notices.models import Follow


class AskForm(forms.Form):
    extent = forms.ChoiceField(choices=Follow.Extent.choices)
    email = forms.CharField(required=False, strip=False)

    def __init__(self, *args: Any, has_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_address = has_address

    def clean_email(self) -> str:
        address = text.clean_line(self.cleaned_data["email"])
        if self.has_address:
            return ""
        try:
            validate_email(address)
        except forms.ValidationError:
            raise forms.ValidationError(_("That is not an e-mail address.")) from None
        return address

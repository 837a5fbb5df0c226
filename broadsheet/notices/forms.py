"""Asking to be told: from a receipt, or of what stands at a public address."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from broadsheet.kit import text
from broadsheet.notices.models import Follow
from broadsheet.readers.models import Reader

EXTENTS = (Follow.Kind.REPLIES, Follow.Kind.THREAD, Follow.Kind.MENTIONS)
"""What can be asked for with a comment."""


class AddressForm(forms.Form):
    """An address, where it is not known already."""

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


class AskForm(AddressForm):
    extent = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in EXTENTS])


class FollowForm(AddressForm):
    website = forms.CharField(required=False)
    """Nobody sees it; machines fill it in."""

    def __init__(self, *args: Any, reader: Reader | None, **kwargs: Any) -> None:
        super().__init__(*args, has_address=reader is not None, **kwargs)
        self.reader = reader

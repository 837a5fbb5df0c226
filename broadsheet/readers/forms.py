"""What somebody fills in about their own account, and what a publisher fills in about somebody else's."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from wagtail.users.forms import UserCreationForm, UserEditForm

from broadsheet.readers.models import Reader


class ChoosePasswordForm(forms.Form):
    """The page behind a sign-in link: a password may be chosen there, and need not."""

    password = forms.CharField(
        label="Choose a password (you may leave this empty)",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.reader)
        return password


class OwnAccountForm(forms.ModelForm[Reader]):
    class Meta:
        model = Reader
        fields = ("name", "email")


class StaffMark(forms.ModelForm[Reader]):
    """Whoever may do something in the newsroom is staff, and readers see that beside what they write."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if {"is_superuser", "groups"} <= self.cleaned_data.keys():
            self.instance.is_staff = bool(self.cleaned_data["is_superuser"] or self.cleaned_data["groups"])
        return cleaned


class StaffCreationForm(StaffMark, UserCreationForm):
    """One name instead of a first and a last one; the password may be left to the reader."""

    first_name = last_name = None
    password_required = False

    class Meta(UserCreationForm.Meta):
        fields = ("name", "email", "is_superuser", "groups")


class StaffEditForm(StaffMark, UserEditForm):
    first_name = last_name = None

    class Meta(UserEditForm.Meta):
        fields = ("name", "email", "is_active", "is_superuser", "groups")

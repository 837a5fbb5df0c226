"""What readers fill in about themselves."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.forms import check_name
from broadsheet.kit import text
from broadsheet.masthead import speaking
from broadsheet.readers.forms import SecondFactorForm
from broadsheet.readers.models import Reader

LONGEST_ABOUT = 2_000
NO_ADDRESS = gettext_lazy("That is not an e-mail address. Mend it.")


class AddressForm(forms.Form):
    """Where a letter shall go."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Give your e-mail address."),
            "invalid": NO_ADDRESS,
            "max_length": NO_ADDRESS,
        },
    )

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if text.clean_line(address) != address:
            raise forms.ValidationError(NO_ADDRESS)
        return address.lower()


class PasswordForm(forms.Form):
    """Address and password, compared and not kept."""

    email = forms.CharField(
        max_length=254, error_messages={"required": gettext_lazy("Give your e-mail address.")}
    )
    password = forms.CharField(
        strip=False, max_length=4096, error_messages={"required": gettext_lazy("Give your password.")}
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=40, error_messages={"required": gettext_lazy("Type the code that is in the letter.")}
    )


class NameForm(forms.Form):
    """The name that stands beside what a reader writes."""

    name = forms.CharField(required=False, strip=False)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_name(self) -> str:
        name = text.clean_line(self.cleaned_data["name"])
        check_name(name)
        if name != self.reader.name and not self.reader.is_staff and _is_of_staff(name):
            raise forms.ValidationError(
                _("That name looks like one of somebody who works here. Choose another.")
            )
        return name


def _is_of_staff(name: str) -> bool:
    """A guest whose name has one of the staff's within it is held; an account keeps its name, so it gets none such."""
    anybody = Commenter("")
    return anybody.takes_staff_name(name) or anybody.has_staff_name_within(name)


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        strip=False, max_length=4096, error_messages={"required": gettext_lazy("Choose a password.")}
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password, self.reader)
        except forms.ValidationError as refusal:
            for error in refusal.error_list:
                if error.params and "verbose_name" in error.params:  # the newsroom's name of it, in English
                    error.params["verbose_name"] = _("E-mail address")
            raise
        return password


class ReadersSecondFactorForm(SecondFactorForm):
    """The newsroom's form, whose sentences are English, for the public pages."""

    wrong = gettext_lazy("That is not right. Try again, or another way.")
    spent = gettext_lazy("That is not the code the app shows now. Try the next one.")


class ProfileForm(forms.Form):
    """What a reader says of themselves, and whether they are shown."""

    about = forms.CharField(required=False, strip=False)
    shown = forms.BooleanField(required=False)
    found = forms.BooleanField(required=False)

    def clean_about(self) -> str:
        about = text.clean(self.cleaned_data["about"]).strip()
        if len(about) > LONGEST_ABOUT:
            raise forms.ValidationError(
                ngettext(
                    "That has %(n)s character; at most %(most)s fit. Shorten it.",
                    "That has %(n)s characters; at most %(most)s fit. Shorten it.",
                    len(about),
                )
                % {"n": speaking.number(len(about)), "most": speaking.number(LONGEST_ABOUT)}
            )
        return about

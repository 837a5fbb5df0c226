"""What somebody fills in about their own account, and what a publisher fills in about somebody else's."""

import struct
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from wagtail.users.forms import UserCreationForm, UserEditForm

from broadsheet.readers import factors, moving, tries
from broadsheet.readers.models import Reader

WRONG_CODE = "This code is not the right one. A code of an authenticator app holds for half a minute."
NO_PASSKEY = "This is no passkey that opens anything here."
SPENT_CODE = "This code was used already. Wait for the next one."


PUBLISHING = "publish_article"
"""The right that editors hold as a group; an author has it alone, and then for own articles only."""


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
        self.second_factor = factors.has_second(reader)
        if self.second_factor:
            del self.fields["password"]  # whoever found the link must not choose one without it

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.reader)
        return password


class LinkByMailForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address, for a link and a code",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeByMailForm(forms.Form):
    code = forms.CharField(
        label="The code in the letter",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def code_field(label: str) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(attrs=attributes))


class SpentOnce(forms.Form):
    """A code of an authenticator app is taken once; that a recovery code is taken once allauth sees to itself."""

    code = code_field("Code of your authenticator app, or a recovery code")
    wrong: Any = WRONG_CODE
    spent: Any = SPENT_CODE

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            raise ValidationError(self.wrong) from None
        app = self.authenticator.type == Authenticator.Type.TOTP  # type: ignore[attr-defined]
        if app and not tries.spend(self.user.pk, code):  # type: ignore[attr-defined]
            raise ValidationError(self.spent)
        return code


class SecondFactorForm(SpentOnce, AuthenticateForm):
    """The code asked for after the password."""


class CodeAgainForm(SpentOnce, ReauthenticateForm):
    """The code asked for before factors are changed."""


class SoundCredential(forms.Form):
    """What a browser says its passkey answered. Whoever makes it up may leave anything out: that is no passkey."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (LookupError, AttributeError, TypeError, ValueError, struct.error):
            raise ValidationError(NO_PASSKEY) from None


class SignInPasskeyForm(SoundCredential, LoginWebAuthnForm):
    """A passkey in the place of address and password. That of a closed account opens as little as an unknown one."""

    def clean_credential(self) -> Any:
        passkey = super().clean_credential()
        if not passkey.user.is_active:
            raise ValidationError(NO_PASSKEY)
        return passkey


class SecondPasskeyForm(SoundCredential, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAgainForm(SoundCredential, ReauthenticateWebAuthnForm):
    """A passkey before factors are changed."""


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey that the device has just made."""

    def clean(self) -> Any:
        try:
            return super().clean()
        except (LookupError, AttributeError, TypeError, ValueError, struct.error):
            raise ValidationError(NO_PASSKEY) from None


class PasswordAgainForm(forms.Form):
    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.reader.check_password(password):
            raise ValidationError("This is not your password.")
        return password


def ways_again(reader: Reader, posted: Any) -> dict[str, Any]:
    """The forms with which this reader could say again who they are; the one that was sent is bound."""
    has = factors.of(reader)
    ways: dict[str, tuple[Any, str]] = {}
    if has.passkeys:
        ways["credential"] = (PasskeyAgainForm, "user")
    if has.any_second:
        ways["code"] = (CodeAgainForm, "user")
    if reader.has_usable_password():
        ways["password"] = (PasswordAgainForm, "reader")
    return {
        way: form(posted if way in posted else None, **{whose: reader}) for way, (form, whose) in ways.items()
    }


class AuthenticatorAppForm(forms.Form):
    """Set an authenticator app up. The secret travels in the form, signed, so that looking at it changes nothing."""

    signed_secret = forms.CharField(widget=forms.HiddenInput)
    code = code_field("The code that the app shows now")

    LIFETIME = 3600

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self._signer = TimestampSigner(salt=f"authenticator app of reader {reader.pk}")
        self.secret = self._given() or generate_totp_secret()
        self.initial["signed_secret"] = self._signer.sign(self.secret)

    @property
    def spaced_secret(self) -> str:
        """In groups of four, for whoever types it."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))

    def clean_signed_secret(self) -> str:
        if not self._given():
            raise ValidationError("This page stood open for too long. Begin again.")
        return self.secret

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise ValidationError(WRONG_CODE)
        if not tries.spend(self.reader.pk, code):
            raise ValidationError(SPENT_CODE)
        return code

    def _given(self) -> str:
        try:
            return self._signer.unsign(str(self.data.get("signed_secret", "")), max_age=self.LIFETIME)
        except BadSignature:
            return ""


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label="What you call it", max_length=60, help_text="Such as “My phone”, so that you know it again."
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label="New password",
        strip=False,
        help_text="At least eight characters; a sentence is best.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.reader)
        return password


class ToldOfChanges(forms.ModelForm[Reader]):
    """Of a change in the newsroom pages and letters hear too."""

    def save(self, commit: bool = True) -> Reader:
        with moving.told(self.instance, of=self.changed_data):
            return super().save(commit)


class OwnAccountForm(ToldOfChanges):
    class Meta:
        model = Reader
        fields = ("name", "email")


class StaffMark(forms.ModelForm[Reader]):
    """Whoever may do something in the newsroom is staff, and readers see that beside what they write."""

    publishes_own = forms.BooleanField(
        label="Publishes own articles without approval",
        required=False,
        help_text="For an author you trust with it. Editors publish everybody's.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            own = self.instance.user_permissions.filter(codename=PUBLISHING)
            self.fields["publishes_own"].initial = own.exists()

    def save(self, commit: bool = True) -> Reader:
        reader = super().save(commit)
        if commit:
            right = Permission.objects.get(content_type__app_label="articles", codename=PUBLISHING)
            change = (
                reader.user_permissions.add
                if self.cleaned_data["publishes_own"]
                else reader.user_permissions.remove
            )
            change(right)
        return reader

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


class StaffEditForm(ToldOfChanges, StaffMark, UserEditForm):
    first_name = last_name = None

    class Meta(UserEditForm.Meta):
        fields = ("name", "email", "is_active", "is_superuser", "groups")

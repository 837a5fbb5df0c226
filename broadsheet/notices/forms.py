"""Asking to be told: from a receipt, or of what stands at a public address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from broadsheet.kit import catalogs, locales, text
from broadsheet.notices import preferring, timing, wording
from broadsheet.notices.models import Follow, Follower, Mode
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


@dataclass(frozen=True)
class Row:
    """One line of the table of preferences."""

    kind: str
    label: str
    site: bool
    mail: str


class PreferencesForm(forms.Form):
    """For each kind of thing where it is heard of; and when, where and in which language letters come."""

    quiet_from = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    quiet_until = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    zone = forms.ChoiceField(required=False)
    language = forms.ChoiceField(required=False)

    def __init__(self, data: Any = None, *, follower: Follower) -> None:
        names = ("quiet_from", "quiet_until", "zone", "language")
        super().__init__(data, initial={name: getattr(follower, name) for name in names})
        self.follower = follower
        hours = [("", "–"), *((hour, f"{hour}:00") for hour in range(24))]
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].choices = hours  # type: ignore[attr-defined]
        self.fields["zone"].choices = [("", ""), *((zone, zone) for zone in timing.zones())]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", ""), *_languages()]  # type: ignore[attr-defined]
        for kind in preferring.ROWS:
            self.fields[f"mail-{kind}"] = forms.ChoiceField(choices=Mode.choices)
            self.fields[f"site-{kind}"] = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("quiet_from") is None) != (data.get("quiet_until") is None):
            raise forms.ValidationError(_("Quiet hours have a beginning and an end."))
        return data

    def fill(self, follower: Follower) -> None:
        for name in ("quiet_from", "quiet_until", "zone", "language"):
            setattr(follower, name, self.cleaned_data[name])

    def choices(self) -> dict[str, preferring.Choice]:
        """By kind; a guest has no notices, and what they would be stays as it is."""
        data, is_reader = self.cleaned_data, self.follower.reader_id is not None
        return {
            kind: preferring.Choice(data[f"site-{kind}"] if is_reader else True, Mode(data[f"mail-{kind}"]))
            for kind in preferring.ROWS
        }

    def rows(self) -> Iterator[Row]:
        """As they were sent, or else as they are."""
        now = preferring.shown(self.follower)
        for kind in preferring.ROWS:
            site = bool(self.data.get(f"site-{kind}")) if self.is_bound else now[kind].site
            mail = str(self.data.get(f"mail-{kind}", "")) if self.is_bound else now[kind].mail
            yield Row(kind, str(wording.ROWS[kind]), site, mail)

    def modes(self) -> list[tuple[str, str]]:
        return [(mode.value, str(mode.label)) for mode in Mode]


def _languages() -> list[tuple[str, str]]:
    """Those that the words of letters are there in, each by its own name."""
    return [(tag, locales.own_name(tag)) for tag in catalogs.languages(settings.LOCALE_PATHS)]

"""The comment form. It stands on pages that are the same for everybody, so it carries no token and no hidden age."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from broadsheet.discussion.commenters import Commenter
from broadsheet.discussion.drafts import Draft
from broadsheet.kit import text
from broadsheet.kit.confusables import looks_empty
from broadsheet.masthead import speaking

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST_TEXT = 10_000
LONGEST_APPEAL = 2_000
LONGEST_NAME = 80
SEQ_LIMIT = 2**31
_UNKNOWN_PARENT = gettext_lazy("The comment you answer is not known. You can post this as a new comment.")
_UNKNOWN_PASSAGE = gettext_lazy(
    "The passage is not known. You can post this as a comment on the whole article."
)


def check_name(name: str) -> None:
    """Whether somebody can be called that, guest or reader."""
    if not name or looks_empty(name):
        raise forms.ValidationError(_("Give a name; any name you like to be known by here."))
    if len(name) > LONGEST_NAME:
        raise forms.ValidationError(
            ngettext(
                "That name has %(n)s character; at most %(most)s fit.",
                "That name has %(n)s characters; at most %(most)s fit.",
                len(name),
            )
            % {"n": speaking.number(len(name)), "most": speaking.number(LONGEST_NAME)}
        )


class SharedField(forms.CharField):
    """One for all forms. Django copies the fields of each, with all that hangs on them, which is a tenth of the work
    of posting a comment; nobody changes these."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "SharedField":
        return self


class TextForm(forms.Form):
    """What somebody says."""

    text = SharedField(required=False, strip=False)
    longest = LONGEST_TEXT

    def clean_text(self) -> str:
        said = text.clean(self.cleaned_data["text"]).strip()
        if not said or looks_empty(said):
            raise forms.ValidationError(_("Write something first."))
        if len(said) > self.longest:
            raise forms.ValidationError(self.too_long(len(said)))
        return said

    def too_long(self, length: int) -> str:
        return ngettext(
            "Your comment has %(n)s character; at most %(most)s fit. Shorten it, or post it in parts.",
            "Your comment has %(n)s characters; at most %(most)s fit. Shorten it, or post it in parts.",
            length,
        ) % {"n": speaking.number(length), "most": speaking.number(self.longest)}


class AppealForm(TextForm):
    """Why a hold or a removal is wrong."""

    longest = LONGEST_APPEAL

    def too_long(self, length: int) -> str:
        return ngettext(
            "Your appeal has %(n)s character; at most %(most)s fit. Shorten it.",
            "Your appeal has %(n)s characters; at most %(most)s fit. Shorten it.",
            length,
        ) % {"n": speaking.number(length), "most": speaking.number(self.longest)}


class CommentForm(TextForm):
    name = SharedField(required=False, strip=False)
    email = SharedField(required=False, strip=False)
    parent = SharedField(required=False)
    passage = SharedField(required=False)
    website = SharedField(required=False)
    follow = forms.BooleanField(required=False)

    def __init__(self, *args: Any, by: Commenter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_name(self) -> str:
        name = text.clean_line(self.cleaned_data["name"])
        if self.by.reader is not None:
            return name
        check_name(name)
        if self.by.takes_staff_name(name):
            raise forms.ValidationError(
                _("That name looks like one of somebody who works here. Choose another.")
            )
        return name

    def clean_email(self) -> str:
        address = text.clean_line(self.cleaned_data["email"])
        if address:
            try:
                validate_email(address)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("That is not an e-mail address. Mend it, or leave the field empty.")
                ) from None
        return address

    def clean_follow(self) -> bool:
        wanted = bool(self.cleaned_data["follow"])
        if wanted and self.by.reader is None and self.cleaned_data.get("email") == "":
            self.add_error("email", _("To be told of replies, give an e-mail address."))
        return wanted

    def clean_parent(self) -> int | None:
        return self._number("parent", _UNKNOWN_PARENT)

    def clean_passage(self) -> int | None:
        return self._number("passage", _UNKNOWN_PASSAGE)

    def _number(self, name: str, unknown: "StrPromise") -> int | None:
        number = self.cleaned_data[name].strip()
        if not number:
            return None
        if not (
            number.isascii() and number.isdecimal() and len(number) <= 10 and 0 < int(number) < SEQ_LIMIT
        ):
            raise forms.ValidationError(unknown)
        return int(number)

    @property
    def draft(self) -> Draft:
        data = self.cleaned_data
        about = None if data["parent"] else data["passage"]
        said = (data["text"], data["name"], data["email"], data["parent"], data["follow"])
        return Draft(*said, passage=about, trap=data["website"])

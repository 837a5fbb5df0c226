"""Wagtail's screens for accounts, fitted to a reader: one name, and a sign-in link instead of a typed password."""

from typing import Any

from wagtail.users.views.users import UserViewSet

from broadsheet.readers.forms import StaffCreationForm, StaffEditForm


class ReaderViewSet(UserViewSet):
    menu_label = "Accounts"
    # Wagtail's own templates name a first and a last name; where none is found here, its generic form is used.
    template_prefix = "readers/accounts/"

    def get_form_class(self, for_update: bool = False) -> Any:
        return StaffEditForm if for_update else StaffCreationForm

"""One's own account: the panels that Wagtail has, with one name, and with our page about signing in."""

from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.views import account

from broadsheet.readers import proving
from broadsheet.readers.forms import OwnAccountForm


class OwnNamePanel(account.NameEmailSettingsPanel):
    form_class = OwnAccountForm
    title = "Name and e-mail"

    def get_form(self) -> Any:
        """Whoever finds a window open must not take the account over by giving it another address."""
        form = super().get_form()
        if not proving.is_fresh(self.request):
            form.fields["email"].disabled = True
            form.fields["email"].help_text = format_html(
                'To change it, <a href="{}?next={}">say again who you are</a>.',
                reverse("account_reauthenticate"),
                self.request.path,
            )
        return form


class SecurityPanel(account.BaseSettingsPanel):
    """In the place of Wagtail's form for a new password, which could be tried on end."""

    name = "security"
    title = "Signing in"
    order = 500
    template_name = "readers/security/panel.html"
    form_class = Form

    def get_form(self) -> Form:
        return Form()


_LEFT_OUT = (
    account.ChangePasswordPanel,
    account.AvatarSettingsPanel,  # it opens whatever was uploaded inside the request; people have portraits
)


class AccountView(account.AccountView):
    def get_panels(self) -> list[Any]:
        panels = [each for each in super().get_panels() if not isinstance(each, _LEFT_OUT)]
        return [*map(_ours, panels), SecurityPanel(self.request, self.request.user, None)]


def _ours(panel: Any) -> Any:
    if isinstance(panel, account.NameEmailSettingsPanel):
        return OwnNamePanel(panel.request, panel.user, panel.profile)
    return panel

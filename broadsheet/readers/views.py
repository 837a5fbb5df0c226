"""Sign in and out of the newsroom, and one's own account there."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views import account

from broadsheet.readers import marking, signing_in
from broadsheet.readers.forms import ChoosePasswordForm, OwnAccountForm


@never_cache
@sensitive_post_parameters()
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and changes nothing (mail scanners follow links); POST signs in."""
    try:
        form = ChoosePasswordForm(
            request.POST if request.method == "POST" else None, reader=signing_in.find_link(token).reader
        )
        if not form.is_valid():
            status = 422 if form.is_bound else 200
            return render(request, "readers/sign_in_by_link.html", {"form": form}, status=status)
        reader = signing_in.use_link(token, form.cleaned_data["password"])
    except signing_in.LinkSpent:
        return render(request, "readers/link_spent.html", status=410)
    login(request, reader)
    response = redirect("wagtailadmin_home")
    marking.mark(request, response)
    return response


class LoginView(account.LoginView):
    template_name = "readers/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = signing_in.count_try(request.META.get("REMOTE_ADDR", ""), request.POST.get("username", ""))
        if refused:
            response = render(request, "readers/too_many_tries.html", {"refused": refused}, status=429)
            response["Retry-After"] = str(refused.retry_after)
            add_never_cache_headers(response)
            return response
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        marking.mark(self.request, response)
        return response


class LogoutView(account.LogoutView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        marking.unmark(response)
        return response


class OwnNamePanel(account.NameEmailSettingsPanel):
    form_class = OwnAccountForm
    title = "Name and e-mail"


class AccountView(account.AccountView):
    def get_panels(self) -> list[Any]:
        """Wagtail's panels, with one name instead of a first and a last one."""
        panels = super().get_panels()
        return [_ours(panel) for panel in panels]


def _ours(panel: Any) -> Any:
    if isinstance(panel, account.NameEmailSettingsPanel):
        return OwnNamePanel(panel.request, panel.user, panel.profile)
    return panel

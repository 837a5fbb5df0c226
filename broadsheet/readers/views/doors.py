"""The doors of the newsroom: password, passkey, link, code by mail; the second factor behind them; and the way out."""

from typing import Any

from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.admin.views import account

from broadsheet.readers import codes, factors, mailing, marking, proving, signing_in, tries
from broadsheet.readers.forms import (
    ChoosePasswordForm,
    CodeByMailForm,
    LinkByMailForm,
    SecondFactorForm,
    SecondPasskeyForm,
    SignInPasskeyForm,
)

ASKED = "asked_for_code"
"""In the session of a browser that asked for a letter: what opens the code's door to it, and to no other."""
WRONG_CODE = "This is not the code of the last letter you asked for here."
NO_SUCH_PASSKEY = "This passkey opens no account here. Choose another one, or sign in another way."


@never_cache
@sensitive_post_parameters()
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and changes nothing (mail scanners follow links); POST signs in."""
    try:
        reader = signing_in.find_link(token).reader
        form = ChoosePasswordForm(request.POST if request.method == "POST" else None, reader=reader)
        if not form.is_valid():
            status = 422 if form.is_bound else 200
            return render(request, "readers/sign_in_by_link.html", {"form": form}, status=status)
        reader = signing_in.use_link(token, form.cleaned_data.get("password", ""))
    except signing_in.LinkSpent:
        return render(request, "readers/link_spent.html", status=410)
    return proving.enter(request, reader, "link")


class LoginView(account.LoginView):
    template_name = "readers/sign_in.html"
    extra_context = {"link_by_mail": LinkByMailForm(), "mails": mailing.is_set_up}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refused := tries.count("password", address_of(request), request.POST.get("username", "")):
            return too_many(request, refused)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session.set_expiry(
            settings.SESSION_COOKIE_AGE if form.cleaned_data.get("remember") else 0
        )
        return proving.enter(self.request, form.get_user(), "password", self.get_success_url())


@never_cache
@require_POST
def send_link(request: HttpRequest) -> HttpResponse:
    """The same answer for every address."""
    if not mailing.is_set_up():
        raise Http404
    form = LinkByMailForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Please give your e-mail address.")
        return redirect("account_login")
    email = form.cleaned_data["email"]
    if refused := tries.count("mail", address_of(request), email):
        return too_many(request, refused)
    request.session[ASKED] = mailing.ask(email)
    return redirect("sign_in_by_code")


@never_cache
@sensitive_post_parameters()
def sign_in_by_code(request: HttpRequest) -> HttpResponse:
    """Where one waits for the letter, and types its code if it is read on another device."""
    if ASKED not in request.session:
        return redirect("account_login")
    form = CodeByMailForm(request.POST if request.method == "POST" else None)
    if form.is_bound and (refused := tries.count("code", address_of(request))):
        return too_many(request, refused)
    if form.is_valid():
        try:
            reader = codes.use(request.session[ASKED], form.cleaned_data["code"])
        except codes.WrongCode:
            form.add_error("code", WRONG_CODE)
        except codes.CodeSpent:
            del request.session[ASKED]
            return render(request, "readers/code_spent.html", status=410)
        else:
            del request.session[ASKED]
            return proving.enter(request, reader, "code")
    status = 422 if form.is_bound else 200
    return render(request, "readers/letter_on_its_way.html", {"form": form}, status=status)


@never_cache
@require_POST
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """First the browser asks what to answer, then it answers."""
    asks = "ask" in request.POST
    if refused := tries.count("passkey/ask" if asks else "passkey", address_of(request)):
        return too_many(request, refused)
    if asks:
        return JsonResponse(proving.ask_for_passkey())
    form = SignInPasskeyForm(request.POST)
    if not form.is_valid():
        messages.error(request, NO_SUCH_PASSKEY)
        return redirect("account_login")
    passkey = form.cleaned_data["credential"]
    login = Login(user=passkey.user, redirect_url=own_path(request.POST.get("next", "")))
    answer: HttpResponse = perform_passwordless_login(request, passkey, login)
    return answer


class SecondFactorView(AuthenticateView):
    """Only somebody who has just proved the first factor comes here; allauth turns all others away."""

    template_name = "readers/second_factor.html"
    form_class = SecondFactorForm
    webauthn_form_class = SecondPasskeyForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who is none of the staff is asked in the look of the public pages."""
        if not self.stage.login.user.is_staff and request.path != reverse("reader_second_factor"):
            return redirect("reader_second_factor")
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reader = self.stage.login.user
        typed = "code" in request.POST
        door = "second-factor" if typed else "second-factor/passkey"
        if refused := tries.count(door, address_of(request), reader.email if typed else ""):
            return too_many(request, refused)
        if "ask" in request.POST:
            return JsonResponse(proving.ask_for_passkey(reader))
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without allauth's own, which asks for a passkey before anybody wants to use one."""
        reader = self.stage.login.user
        return {"form": self.auth_form, "reader": reader, "factors": factors.of(reader), **kwargs}


class LogoutView(account.LogoutView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        marking.unmark(response)
        return response


def address_of(request: HttpRequest) -> str:
    address: str = request.META.get("REMOTE_ADDR", "")
    return address


def own_path(path: str) -> str | None:
    """A path of this site that somebody asked to be led to; None for everything else."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else None


def too_many(request: HttpRequest, refused: tries.TooManyTries) -> HttpResponse:
    response = render(request, "readers/too_many_tries.html", {"refused": refused}, status=429)
    response["Retry-After"] = str(refused.retry_after)
    add_never_cache_headers(response)
    return response

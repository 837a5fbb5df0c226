"""The page about how one signs in: passkeys, an authenticator app, recovery codes, the password, sessions."""

from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.flows import add_authenticator, rename_authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.auth import require_admin_access

from broadsheet.readers import factors, proving, second_factor, sessions
from broadsheet.readers.forms import AuthenticatorAppForm, NewPasskeyForm, NewPasswordForm, PasskeyNameForm
from broadsheet.readers.proving import reader_of

View = Callable[..., HttpResponse]

HERE = "mfa_index"


def own(view: View) -> View:
    """About oneself, never kept by anything between, and for whoever may enter the newsroom."""
    guarded: View = never_cache(sensitive_post_parameters()(require_admin_access(view)))
    return guarded


@own
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    context = {
        "factors": factors.of(reader),
        "needed_from": second_factor.needed_from(),
        "sessions": [
            (session, sessions.device_of(session), sessions.network_of(session))
            for session in sessions.of(reader)
        ],
    }
    return render(request, "readers/security/security.html", context)


@own
@require_http_methods(["GET", "POST"])
@proving.freshly
def add_passkey(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    if "ask" in request.POST:
        return JsonResponse(proving.ask_for_new_passkey(reader))
    form = NewPasskeyForm(request.POST, user=reader) if request.method == "POST" else None
    if form is None or not form.is_valid():
        context = {"form": PasskeyNameForm(), "failed": form is not None}
        return render(request, "readers/security/add_passkey.html", context, status=422 if form else 200)
    name = form.cleaned_data["name"][:60]
    _, codes = add_authenticator(request, name, form.cleaned_data["credential"])
    return _done(request, f"The passkey “{name}” is added.", codes)


@own
@require_http_methods(["GET", "POST"])
@proving.freshly
def passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """One passkey: what it is called."""
    found = _own_passkey(request, pk)
    form = PasskeyNameForm(request.POST or None, initial={"name": found.wrap().name})
    if form.is_valid():
        rename_authenticator(request, found, form.cleaned_data["name"])
        return redirect(HERE)
    status = 422 if form.is_bound else 200
    return render(request, "readers/security/passkey.html", {"form": form, "passkey": found}, status=status)


@own
@require_POST
@proving.freshly
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_passkey(request, pk)
    delete_and_cleanup(request, found)
    return _done(request, "The passkey is removed.")


@own
@require_http_methods(["GET", "POST"])
@proving.freshly
def add_app(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    if factors.of(reader).app:
        return redirect(HERE)
    form = AuthenticatorAppForm(request.POST or None, reader=reader)
    if form.is_valid():
        _, codes = activate_totp(request, form)
        return _done(request, "The authenticator app is set up.", codes)
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(reader, form.secret))
    picture = mark_safe(svg.partition("?>")[2] or svg)  # noqa: S308  drawn here, from our own text
    context = {"form": form, "picture": picture}
    return render(request, "readers/security/add_app.html", context, status=422 if form.is_bound else 200)


@own
@require_POST
@proving.freshly
def remove_app(request: HttpRequest) -> HttpResponse:
    if app := factors.of(reader_of(request)).app:
        delete_and_cleanup(request, app)
    return _done(request, "The authenticator app is removed.")


@own
@require_POST
@proving.freshly
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes; the ones before are worth nothing from now on."""
    if not factors.has_second(request.user):
        return redirect(HERE)
    return _show(request, generate_recovery_codes(request))


@own
@require_http_methods(["GET", "POST"])
@proving.freshly
def password(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    form = NewPasswordForm(request.POST or None, reader=reader)
    if form.is_valid():
        reader.set_password(form.cleaned_data["password"])
        reader.save(update_fields=["password"])
        sessions.end_others(request, reader)
        return _done(request, "The password is changed, and you are signed out everywhere but here.")
    status = 422 if form.is_bound else 200
    return render(request, "readers/security/password.html", {"form": form}, status=status)


@own
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    sessions.end(reader_of(request), pk)
    return _done(request, "Signed out there.")


@own
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Everywhere, or everywhere but here."""
    if "others" in request.POST:
        sessions.end_others(request, reader_of(request))
        return _done(request, "You are signed out everywhere but here.")
    sessions.end_all(reader_of(request))
    return redirect("account_login")


def _own_passkey(request: HttpRequest, pk: int) -> Authenticator:
    mine = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    return get_object_or_404(mine, pk=pk)


def _done(request: HttpRequest, sentence: str, codes: Authenticator | None = None) -> HttpResponse:
    messages.success(request, sentence)
    return _show(request, codes) if codes else redirect(HERE)


def _show(request: HttpRequest, codes: Authenticator) -> HttpResponse:
    """Recovery codes are in this one answer and never again."""
    left = codes.wrap().get_unused_codes()
    return render(request, "readers/security/recovery_codes.html", {"codes": left})

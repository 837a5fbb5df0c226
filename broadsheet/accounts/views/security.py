"""How a reader signs in: passkeys, an authenticator app, recovery codes, the password, and where they are signed in."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.flows import add_authenticator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from broadsheet.accounts.forms import NewPasswordForm
from broadsheet.accounts.views import answers
from broadsheet.accounts.views.answers import address_of, done, freshly, own, page, see, too_many
from broadsheet.readers import factors, marking, proving, sessions, tries
from broadsheet.readers.forms import AuthenticatorAppForm, NewPasskeyForm, ways_again
from broadsheet.readers.proving import reader_of
from broadsheet.readers.views.doors import own_path

HERE = "/account/security/"


@require_safe
@own
def security(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    standing = [
        (session, sessions.device_of(session), sessions.network_of(session))
        for session in sessions.of(reader)
    ]
    return page(request, "security", {"factors": factors.of(reader), "sessions": standing})


@own
def again(request: HttpRequest) -> HttpResponse:
    """Say again who you are: one page has all ways, and whichever is sent is looked at."""
    reader = reader_of(request)
    then = own_path(str(request.POST.get("next") or request.GET.get("next", ""))) or HERE
    posted = request.POST if request.method == "POST" else {}
    if posted:
        typed = "password" in posted or "code" in posted
        if refusal := tries.count("again", address_of(request), reader.email if typed else ""):
            return too_many(request, refusal)
    if "ask" in posted:
        return JsonResponse(proving.ask_for_passkey(reader))
    ways = ways_again(reader, posted)
    for name, form in ways.items():
        if form.is_bound and form.is_valid():
            if name == "password":
                proving.proved_again(request, reader, "password")
            else:
                form.save()
            return see(then)
    wrong = any(form.is_bound for form in ways.values())
    sentence = gettext("That is not right. Try again, or another way.") if wrong else ""
    context = {"ways": ways, "then": then, "sentence": sentence}
    return page(request, "again", context, status=422 if wrong else 200)


@own
@freshly
def add_passkey(request: HttpRequest) -> HttpResponse:
    if "ask" in request.POST:
        return JsonResponse(proving.ask_for_new_passkey(reader_of(request)))
    form = NewPasskeyForm(request.POST, user=request.user) if request.method == "POST" else None
    if form is None:
        return page(request, "add_passkey")
    if not form.is_valid():
        sentence = gettext("The passkey could not be added. Please try again.")
        return page(request, "add_passkey", {"sentence": sentence}, status=422)
    _, codes = add_authenticator(request, form.cleaned_data["name"][:60], form.cleaned_data["credential"])
    return _done(request, gettext("The passkey is added."), codes)


@own
@freshly
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN, pk=pk)
    if request.method == "POST" and (found := mine.first()):
        delete_and_cleanup(request, found)
        return done(request, gettext("The passkey is removed."), HERE)
    return see(HERE)


@own
@freshly
def add_app(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    if factors.of(reader).app:
        return see(HERE)
    form = AuthenticatorAppForm(request.POST if request.method == "POST" else None, reader=reader)
    if form.is_valid():
        _, codes = activate_totp(request, form)
        return _done(request, gettext("The authenticator app is set up."), codes)
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(reader, form.secret))
    picture = mark_safe(svg.partition("?>")[2] or svg)  # noqa: S308  drawn here, from our own text
    sentence = gettext("That is not the code the app shows now. Try the next one.") if form.is_bound else ""
    context = {"form": form, "picture": picture, "sentence": sentence}
    return page(request, "add_app", context, status=422 if form.is_bound else 200)


@own
@freshly
def remove_app(request: HttpRequest) -> HttpResponse:
    app = factors.of(reader_of(request)).app
    if request.method == "POST" and app:
        delete_and_cleanup(request, app)
        return done(request, gettext("The authenticator app is removed."), HERE)
    return see(HERE)


@own
@freshly
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes; the ones before are worth nothing from now on."""
    if request.method != "POST" or not factors.has_second(request.user):
        return see(HERE)
    return _show(request, generate_recovery_codes(request))


@own
@freshly
def password(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, reader=reader)
    if form.is_valid():
        reader.set_password(form.cleaned_data["password"])
        reader.save(update_fields=["password"])
        sessions.end_others(request, reader)
        sentence = gettext("The password is set, and you are signed out everywhere but here.")
        return done(request, sentence, HERE)
    return page(request, "password", {"form": form}, status=422 if form.is_bound else 200)


@own
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        sessions.end(reader_of(request), pk)
        return done(request, gettext("You are signed out there."), HERE)
    return see(HERE)


@own
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Everywhere, or everywhere but here."""
    if request.method != "POST":
        return see(HERE)
    if "others" in request.POST:
        sessions.end_others(request, reader_of(request))
        return done(request, gettext("You are signed out everywhere but here."), HERE)
    sessions.end_all(reader_of(request))
    response = see(answers.SIGN_IN)
    marking.unmark(response)
    return response


def _done(request: HttpRequest, sentence: str, codes: Authenticator | None) -> HttpResponse:
    answers.say(request, sentence)
    return _show(request, codes) if codes else see(HERE)


def _show(request: HttpRequest, codes: Authenticator) -> HttpResponse:
    """Recovery codes are in this one answer and never again."""
    return page(request, "recovery_codes", {"codes": codes.wrap().get_unused_codes()})

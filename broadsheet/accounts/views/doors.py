"""The readers' doors: a code by mail, which opens an account too, a password, a passkey; and the way out.

Every answer is the same whether an address is known or not. What a browser must show again stands in the address of the
page where the code is typed, so that nobody needs a cookie to ask for one.
"""

from typing import Any

from allauth.account.models import Login
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode
from django.utils.translation import gettext

from broadsheet.accounts.forms import AddressForm, CodeForm, PasswordForm, ReadersSecondFactorForm
from broadsheet.accounts.views import answers
from broadsheet.accounts.views.answers import HERE, address_of, door, page, see, too_many
from broadsheet.masthead import keeping
from broadsheet.readers import codes, mailing, marking, proving, tries
from broadsheet.readers.forms import SignInPasskeyForm
from broadsheet.readers.models import Reader
from broadsheet.readers.views.doors import SecondFactorView, own_path


@door
def sign_in(request: HttpRequest) -> HttpResponse:
    """All the ways in; POST tries the password."""
    then = _then(request)
    if answers.reader_of(request) is not None:
        return see(then)
    if request.method != "POST":
        return _ways(request)
    form = PasswordForm(request.POST)
    if refusal := tries.count("password", address_of(request), str(request.POST.get("email", ""))):
        return too_many(request, refusal, "sign_in", _offered(request, password=form))
    if not form.is_valid():
        return _ways(request, password=form, status=422)
    found = authenticate(request, username=form.cleaned_data["email"], password=form.cleaned_data["password"])
    if not isinstance(found, Reader):
        form.add_error("password", gettext("Address and password do not belong together."))
        return _ways(request, password=form, status=422)
    return proving.enter(request, found, "password", then)


@door
def letters(request: HttpRequest) -> HttpResponse:
    """POST an address: a letter with a code and a link is on its way, if it may be."""
    if request.method != "POST":
        return see(answers.SIGN_IN)
    form = AddressForm(request.POST)
    if not mailing.is_set_up():
        return _ways(request, letter=form, status=503)
    if not form.is_valid():
        return _ways(request, letter=form, status=422)
    email = form.cleaned_data["email"]
    if refusal := tries.count_letter(address_of(request), email):
        return too_many(request, refusal, "sign_in", _offered(request, letter=form))
    asked = mailing.ask(email, public=True)
    return see(f"/account/code/{asked}/?{urlencode({'next': _then(request)})}")


@door
def code(request: HttpRequest, asked: str) -> HttpResponse:
    """Where one waits for the letter, and types its code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "then": _then(request)}
    if form.is_bound and (refusal := tries.count("code", address_of(request))):
        return too_many(request, refusal, "code", context)
    if form.is_valid():
        try:
            return _enter(request, codes.use(asked, form.cleaned_data["code"]), "code")
        except codes.WrongCode:
            form.add_error("code", gettext("This is not the code of the last letter you asked for here."))
        except codes.CodeSpent:
            return spent(request)
    return page(request, "code", context, status=422 if form.is_bound else 200)


@door
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and changes nothing (mail scanners follow links); POST signs in."""
    if refusal := tries.count("link", address_of(request)):
        return too_many(request, refusal)
    try:
        if request.method != "POST":
            return page(request, "link", {"email": codes.find_link(token).email})
        return _enter(request, codes.use_link(token), "link")
    except (codes.CodeSpent, codes.WrongCode):
        return spent(request)


@door
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """First the browser asks what to answer, then it answers."""
    if request.method != "POST":
        return see(answers.SIGN_IN)
    asks = "ask" in request.POST
    if refusal := tries.count("passkey/ask" if asks else "passkey", address_of(request)):
        return too_many(request, refusal)
    if asks:
        return JsonResponse(proving.ask_for_passkey())
    form = SignInPasskeyForm(request.POST)
    if not form.is_valid():
        sentence = gettext("This passkey opens no account here. Choose another one, or sign in another way.")
        return _ways(request, sentence=sentence, status=422)
    passkey = form.cleaned_data["credential"]
    login = Login(user=passkey.user, redirect_url=_then(request))
    answer: HttpResponse = perform_passwordless_login(request, passkey, login)
    return answer


class ReadersSecondFactor(SecondFactorView):
    """The newsroom's, in the look of the public pages."""

    form_class = ReadersSecondFactorForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = "code" in request.POST
        door_name = "second-factor" if typed else "second-factor/passkey"
        email = self.stage.login.user.email if typed else ""
        if refusal := tries.count(door_name, address_of(request), email):
            return too_many(request, refusal)
        if "ask" in request.POST:
            return JsonResponse(proving.ask_for_passkey(self.stage.login.user))
        return self.form_valid(self.form) if self.form.is_valid() else self._shown(422)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown(200)

    def _shown(self, status: int) -> HttpResponse:
        context = self.get_context_data()
        return page(self.request, "second_factor", context, status=status)


@door
def second_factor(request: HttpRequest) -> HttpResponse:
    """For whoever has just proved the first factor; everybody else is led to the door."""
    if not proving.waits_for_second_factor(request):
        return see(answers.SIGN_IN)
    answer: HttpResponse = ReadersSecondFactor.as_view()(request)
    return answer


@door
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" or answers.reader_of(request) is None:
        return see(HERE)
    logout(request)
    response = see("/")
    marking.unmark(response)
    return response


def spent(request: HttpRequest) -> HttpResponse:
    """For how long a letter works, and how often its code may be mistaken."""
    context = {"period": keeping.spoken(mailing.LIFETIME), "tries": codes.MOST_TRIES}
    return page(request, "spent", context, status=410)


def _enter(request: HttpRequest, reader: Reader, method: str) -> HttpResponse:
    """In; whoever has just opened an account, or never chose a name, is asked for one first."""
    new = reader.last_login is None and not reader.is_staff
    return proving.enter(request, reader, method, f"{HERE}name/" if new else _then(request))


def _then(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    return own_path(str(asked)) or HERE


def _ways(
    request: HttpRequest,
    *,
    letter: AddressForm | None = None,
    password: PasswordForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = _offered(request, letter=letter, password=password) | {"sentence": sentence}
    return page(request, "sign_in", context, status=status)


def _offered(
    request: HttpRequest, *, letter: AddressForm | None = None, password: PasswordForm | None = None
) -> dict[str, Any]:
    return {
        "letter": letter or AddressForm(),
        "password": password or PasswordForm(),
        "then": _then(request),
        "mails": mailing.is_set_up(),
        "sign_up": settings.OPTIONS["sign_up"],
    }

"""Prove who one is: at the door, and again before something that opens doors is changed.

What is inside allauth, and may move with a new version, is touched here only.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.stages import LoginStageController
from allauth.account.utils import perform_login
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal import auth as passkeys
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from broadsheet.readers.models import Reader


def enter(request: HttpRequest, reader: Reader, method: str, then: str | None = None) -> HttpResponse:
    """Let somebody in who proved who they are by this method; whoever has a second factor is asked for it first."""
    record_authentication(request, reader, method)
    response: HttpResponse = perform_login(request, reader, redirect_url=then)
    return response


def reader_of(request: HttpRequest) -> Reader:
    """Whoever is signed in."""
    if not isinstance(request.user, Reader):
        raise PermissionDenied
    return request.user


def proved_again(request: HttpRequest, reader: Reader, method: str) -> None:
    record_authentication(request, reader, method, reauthenticated=True)


def came_by_link(request: HttpRequest, reader: Reader) -> bool:
    return any(record.get("method") == "link" for record in get_authentication_records(request, reader))


def waits_for_second_factor(request: HttpRequest) -> bool:
    """Whether somebody has proved the first factor here, and is to prove the second one now."""
    return LoginStageController.enter(request, AuthenticateStage.key) is not None


def is_fresh(request: HttpRequest) -> bool:
    """Whether they proved it a moment ago, or have nothing to prove it with."""
    return bool(did_recently_reauthenticate(request))


def freshly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for proof again first. What was posted is not kept for them: it may be a password."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method == "GET" else reverse("mfa_index")
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")

    return guarded


def ask_for_passkey(reader: Reader | None = None) -> dict[str, Any]:
    """What the browser is asked for; the answer must match it."""
    options: dict[str, Any] = passkeys.begin_authentication(reader)
    return options


def ask_for_new_passkey(reader: Reader) -> dict[str, Any]:
    """What a new passkey must be: kept by the device, and opened by its owner's finger, face or PIN."""
    options: dict[str, Any] = passkeys.begin_registration(reader, passwordless=True)
    return options

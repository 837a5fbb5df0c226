"""How allauth, which knows passkeys, codes and sessions, behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from broadsheet.kit import networks
from broadsheet.readers import marking
from broadsheet.readers.models import Reader

NOWHERE = "0.0.0.0"  # noqa: S104  no address to listen on: a network nobody can tell


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        """What is kept of where a session began: a network wide enough to hold many (IPv4 /24, IPv6 /48)."""
        network = networks.wider_network_of(request.META.get("REMOTE_ADDR", ""))
        return NOWHERE if network == networks.UNKNOWN else network.partition("/")[0]

    def post_login(self, request: HttpRequest, user: Reader, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        marking.mark(request, response)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """One page has all ways to say again who one is."""
        methods = [{"id": "again", "description": "", "url": reverse("account_reauthenticate")}]
        return methods if user.is_authenticated else []


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        sealed: bytes = settings.KEYRING.seal(text)
        return sealed.decode()

    def decrypt(self, encrypted_text: str) -> str:
        text: str = settings.KEYRING.unseal(encrypted_text.encode())
        return text

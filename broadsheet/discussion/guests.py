"""Guests are known by the e-mail address they gave: found by its digest, stored sealed."""

from django.conf import settings

from broadsheet.discussion.models import Guest


def digest_of(address: str) -> str:
    return settings.KEYRING.digest("guest address", address.strip().casefold())


def guest_with(address: str) -> Guest:
    """The guest with this address, made at the first time."""
    digest = digest_of(address)
    guest = Guest.objects.filter(address_digest=digest).first()
    if guest is None:
        sealed = settings.KEYRING.seal(address.strip())
        guest, _ = Guest.objects.get_or_create(address_digest=digest, defaults={"address_sealed": sealed})
    return guest


def address_of(guest: Guest | None) -> str:
    """The address that a guest gave; empty where there was none."""
    return settings.KEYRING.unseal(guest.address_sealed) if guest else ""

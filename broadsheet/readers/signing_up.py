"""Open an account: whoever shows that mail to an address reaches them has one."""

import secrets

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext

from broadsheet.readers.models import Reader


def reader_with(email: str) -> Reader:
    """The reader with this address, made at the first time; call it once the address is proved."""
    newcomer = {"name": name_to_begin_with(), "password": make_password(None)}
    return Reader.objects.get_or_create(email=email.lower(), defaults=newcomer)[0]


def name_to_begin_with() -> str:
    """A pseudonym until the reader chooses one. Nothing of the address is in it, since it stands beside comments."""
    return gettext("Reader %(number)s") % {"number": f"{secrets.randbelow(1_000_000):06}"}


def prove_address(reader: Reader) -> None:
    """Note that mail to their address reaches them."""
    reader.address_proved_at = timezone.now()
    reader.save(update_fields=["address_proved_at"])

"""The address of a follower's own page. It stands in letters to their address and nowhere else: whoever has it reads
that mailbox."""

from django.conf import settings
from django.core.signing import BadSignature, Signer

from broadsheet.notices.models import Follower

_signer = Signer(sep=".", salt="follower")


def path_of(follower: Follower) -> str:
    return f"/follows/{_signer.sign(str(follower.pk))}/"


def url_of(follower: Follower) -> str:
    return f"{settings.URL}{path_of(follower)}"


def follower_of(token: str) -> Follower | None:
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Follower.objects.filter(pk=pk).first()

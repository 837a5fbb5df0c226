"""Who is not written to, and why."""

from collections.abc import Iterable

from broadsheet.mail import writing
from broadsheet.mail.kinds import Kind
from broadsheet.mail.models import Suppression


def suppress(address: str, cause: str, *, mailing: str = "", note: str = "") -> None:
    """From now on this address gets nothing of this mailing, or of none."""
    suppress_digest(writing.digest_of(address), cause, mailing=mailing, note=note)


def suppress_digest(digest: str, cause: str, *, mailing: str = "", note: str = "") -> None:
    Suppression.objects.get_or_create(
        address_digest=digest, mailing=mailing, defaults={"cause": cause, "note": note[:300]}
    )


def release(address: str, *, mailing: str = "") -> None:
    """Its owner wants to hear from us again, and has proved to be its owner."""
    Suppression.objects.filter(address_digest=writing.digest_of(address), mailing=mailing).delete()


def standing_against(digest: str, kind: Kind) -> Suppression | None:
    """What keeps this kind of letter from this address. What was asked for this minute always goes."""
    if kind.asked:
        return None
    return Suppression.objects.filter(address_digest=digest, mailing__in=["", kind.mailing]).first()


def is_suppressed(address: str, *, mailing: str = "") -> bool:
    found = Suppression.objects.filter(address_digest=writing.digest_of(address), mailing=mailing)
    return found.exists()


def suppressed(digests: Iterable[str], *, mailing: str = "") -> set[str]:
    """Those of many addresses, by their digests, that get nothing of this mailing."""
    found = Suppression.objects.filter(address_digest__in=list(digests), mailing=mailing)
    return set(found.values_list("address_digest", flat=True))

"""Commenters by e-mail address as guests of ours, found or made by the hundred."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from broadsheet.discussion.guests import digest_of
from broadsheet.discussion.models import Guest

MOST_KNOWN = 20_000
"""Addresses remembered at once; a site has far fewer regulars."""
_LONGEST = 254  # characters of an address
_AT_ONCE = 500  # in one query


class Guests:
    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def pk(self, address: str) -> int | None:
        """The guest's number after `learn`; None for what is no address."""
        return self._known.get(_folded(address))

    def learn(self, addresses: Iterable[str]) -> None:
        """Find or make the guests of these addresses; call it inside a transaction."""
        wanted = {_folded(address): address.strip() for address in addresses if _is_address(address)}
        if len(self._known) + len(wanted) > MOST_KNOWN:
            self._known.clear()
        missing = [folded for folded in wanted if folded not in self._known]
        for start in range(0, len(missing), _AT_ONCE):
            self._learn({digest_of(folded): folded for folded in missing[start : start + _AT_ONCE]}, wanted)

    def _learn(self, folded: dict[str, str], written: dict[str, str]) -> None:
        found = self._find(folded)
        new = [digest for digest in folded if digest not in found]
        if new:
            Guest.objects.bulk_create(
                (
                    Guest(
                        address_digest=digest, address_sealed=settings.KEYRING.seal(written[folded[digest]])
                    )
                    for digest in new
                ),
                ignore_conflicts=True,
            )
            found |= self._find(new)
        self._known.update((folded[digest], pk) for digest, pk in found.items())

    def _find(self, digests: Iterable[str]) -> dict[str, int]:
        listed: Sequence[str] = list(digests)
        return dict(Guest.objects.filter(address_digest__in=listed).values_list("address_digest", "pk"))


def _folded(address: str) -> str:
    return address.strip().casefold()


def _is_address(address: str) -> bool:
    return "@" in address and len(address) <= _LONGEST and "\x00" not in address

"""Network addresses as keys: who counts as one source, and who belongs to a known network."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

UNKNOWN = "unknown"

_Table = dict[tuple[int, int], frozenset[int]]


def network_of(address: str) -> str:
    """The network one household or machine commands: an IPv4 address, an IPv6 /64."""
    return _network(address, 32, 64)


def wider_network_of(address: str) -> str:
    """The network one provider's customer may command with some effort: IPv4 /24, IPv6 /48."""
    return _network(address, 24, 48)


def in_networks(address: str, networks: Iterable[str]) -> bool:
    """Is the address inside one of the networks? A network that can not be read is a ValueError."""
    parsed = _parsed(address)
    if parsed is None:
        return False
    bits = parsed.max_prefixlen
    return any(
        version == parsed.version and int(parsed) >> (bits - length) in members
        for (version, length), members in _table(frozenset(networks)).items()
    )


def _network(address: str, length4: int, length6: int) -> str:
    parsed = _parsed(address)
    if parsed is None:
        return UNKNOWN
    length = length4 if parsed.version == 4 else length6
    return str(ip_network(f"{parsed}/{length}", strict=False))


@lru_cache(maxsize=256)
def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address):
        # A zone ("%eth0") names an interface of ours, not the other side.
        return parsed.ipv4_mapped or IPv6Address(int(parsed))
    return parsed


@lru_cache(maxsize=16)
def _table(networks: frozenset[str]) -> _Table:
    """Networks by length, so that a list of thousands (Tor's exits) costs one look per length."""
    table: dict[tuple[int, int], set[int]] = {}
    for network in map(ip_network, networks):
        key = (network.version, network.prefixlen)
        start = int(network.network_address) >> (network.max_prefixlen - network.prefixlen)
        table.setdefault(key, set()).add(start)
    return {key: frozenset(members) for key, members in table.items()}

"""Ask other sites for something without ever asking a machine of our own network, whatever the address says.

Every address that a name resolves to must be public, and the connection goes to the very address that was checked, so a
name that changes its mind between two questions gains nothing. Redirects are followed by hand and checked alike.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_REDIRECTS = 3
PATIENCE = 5.0
"""Seconds for everything together."""
PORTS = {"http": 80, "https": 443}

_CHUNK = 1 << 16  # bytes
_TLS = ssl.create_default_context
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGENT = "Broadsheet (for a publisher)"
_PUBLIC_6 = ip_network("2000::/3")
_OUTSIDE_OF_THE_INTERNET = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
168.63.129.16/32 2001::/23 2001:db8::/32 2002::/16 3fff::/20
"""
_NOT_PUBLIC = [ip_network(each) for each in _OUTSIDE_OF_THE_INTERNET.split()]

Resolve = Callable[[str, int], Sequence[str]]
"""From a host and a port to every address it has."""
Connect = Callable[[str, int, float], socket.socket]
"""A connection to an address that was checked, within so many seconds."""


class NotFetched(Exception):
    """Its text says why, as the end of a sentence; nothing of what the other side said is in it."""


@dataclass(frozen=True)
class Fetched:
    content: bytes
    content_type: str
    url: str
    """After redirects."""


def is_public(address: str) -> bool:
    """Whether anybody on the internet could be asked at this address, and nobody else."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and (parsed.scope_id or parsed not in _PUBLIC_6):
        return False
    return not any(parsed.version == each.version and parsed in each for each in _NOT_PUBLIC)


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, as the system knows it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


def fetch(
    url: str,
    *,
    most_bytes: int,
    cut: bool = False,
    patience: float = PATIENCE,
    resolver: Resolve = resolve,
    connector: Connect = connect,
) -> Fetched:
    """What stands at an http(s) address. Raises NotFetched; no cookie, no credential and no referrer is sent.

    What is larger is an error, or, where it may be `cut`, its beginning.
    """
    deadline = time.monotonic() + patience
    for _ in range(MOST_REDIRECTS + 1):
        parts, address = _checked(url, resolver)
        try:
            with _connected(parts, address, deadline, connector) as connection:
                answer = _ask(connection, parts)
                if answer.status not in _REDIRECTS:
                    return Fetched(_read(answer, most_bytes, deadline, cut=cut), _type(answer), url)
                url = urljoin(url, answer.getheader("Location") or "")
        except (OSError, http.client.HTTPException, ValueError):
            _left(deadline)
            raise NotFetched("the other site did not answer as a site should") from None
    raise NotFetched("the other site led on too often")


def send(
    url: str,
    *,
    content: bytes,
    content_type: str,
    patience: float = PATIENCE,
    resolver: Resolve = resolve,
    connector: Connect = connect,
) -> None:
    """POST to an http(s) address. Raises NotFetched unless the other site says that it took it; follows nowhere."""
    deadline = time.monotonic() + patience
    parts, address = _checked(url, resolver)
    try:
        with _connected(parts, address, deadline, connector) as connection:
            status = _ask(connection, parts, content, content_type).status
    except (OSError, http.client.HTTPException, ValueError):
        _left(deadline)
        raise NotFetched("the other site did not answer as a site should") from None
    if not 200 <= status < 300:
        raise NotFetched(f"the other site answered with {status}")


def _checked(url: str, resolver: Resolve) -> tuple[SplitResult, str]:
    """The parts of an address that may be asked, and where to: every answer of the resolver must be public."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _spelt(parts.hostname or "")
    except ValueError:
        raise NotFetched("its address cannot be read") from None
    if parts.scheme not in PORTS or not host or parts.username is not None or parts.password is not None:
        raise NotFetched("its address is no plain web address")
    if (port or PORTS[parts.scheme]) != PORTS[parts.scheme]:
        raise NotFetched("its address names an unusual port")
    try:
        found = resolver(host, PORTS[parts.scheme])
    except (OSError, UnicodeError):
        raise NotFetched("its host has no address") from None
    if not found or not all(map(is_public, found)):
        raise NotFetched("its host is not a public one")
    return parts, found[0]


@contextmanager
def _connected(
    parts: SplitResult, address: str, deadline: float, connector: Connect
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the checked address that still speaks to the host by its name, certificate included.

    It is cut when the time is up: a limit for each piece would let a site drip for ever.
    """
    port = PORTS[parts.scheme]
    connection = http.client.HTTPConnection(parts.hostname or "", port)
    with connector(address, port, _left(deadline)) as plain:
        sock = plain
        if parts.scheme == "https":
            sock = _TLS().wrap_socket(plain, server_hostname=parts.hostname, do_handshake_on_connect=False)
        sock.settimeout(_left(deadline))
        cut = threading.Timer(_left(deadline), _cut, [sock])
        cut.start()
        try:
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
            connection.sock = sock
            yield connection
        finally:
            cut.cancel()
            sock.close()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _ask(
    connection: http.client.HTTPConnection,
    parts: SplitResult,
    content: bytes | None = None,
    content_type: str = "",
) -> http.client.HTTPResponse:
    """The head of the answer; with content it is a POST."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = _spelt(parts.hostname or "")
    method = "GET" if content is None else "POST"
    connection.putrequest(method, _ascii(target), skip_host=True, skip_accept_encoding=True)
    described = {"Content-Type": content_type, "Content-Length": str(len(content))} if content else {}
    for name, value in {
        "Host": f"[{host}]" if ":" in host else host,
        "User-Agent": _AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **described,
    }.items():
        connection.putheader(name, value)
    connection.endheaders(content)
    return connection.getresponse()


def _read(answer: http.client.HTTPResponse, most: int, deadline: float, *, cut: bool) -> bytes:
    """The body, in pieces, so that neither its size nor its slowness can hold us."""
    if answer.status != 200:
        raise NotFetched(f"the other site answered with {answer.status}")
    if (answer.getheader("Content-Encoding") or "identity").lower() != "identity":
        raise NotFetched("the other site compressed it, which was not asked for")
    pieces: list[bytes] = []
    size = 0
    while True:
        piece = answer.read1(_CHUNK)
        _left(deadline)
        if not piece:
            break
        size += len(piece)
        if size > most and cut:
            return b"".join([*pieces, piece])[:most]
        if size > most:
            raise NotFetched(f"it is larger than {most // 1024**2} MB")
        pieces.append(piece)
    if answer.length:
        raise NotFetched("the other site stopped in the middle of it")
    return b"".join(pieces)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise NotFetched("the other site took too long")
    return left


def _type(answer: http.client.HTTPResponse) -> str:
    return (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()


def _spelt(host: str) -> str:
    """A host as resolvers know it, letters beyond ASCII in their own code."""
    return host if ":" in host else host.encode("idna").decode()


def _ascii(target: str) -> str:
    """Letters beyond ASCII as percent signs; what is percent-coded already stays."""
    return "".join(
        each if "!" <= each <= "~" else "".join(f"%{byte:02X}" for byte in each.encode()) for each in target
    )

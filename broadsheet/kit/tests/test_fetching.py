"""Fetching from other sites: never from a machine of our own network, never without an end."""

import re
import socket
import threading
import time
from contextlib import contextmanager
from itertools import chain
from typing import Any

import pytest

from broadsheet.kit import fetching
from broadsheet.kit.fetching import NotFetched, fetch, is_public
from tests.patience import PATIENCE

PUBLIC = "93.184.216.34"
DROPS = 600
"""Of which a slow site gives one at a time, for a minute in all."""
_INSIDE = """
127.0.0.1 127.1.2.3 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254
100.64.0.1 100.127.255.254 192.0.0.1 192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 198.19.255.255 192.88.99.1
168.63.129.16 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1
2002:7f00:1:: 2002:a9fe:a9fe:: 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:10::1
"""
INTERNAL = _INSIDE.split()
_ODDLY = """
2130706433 0x7f000001 0177.0.0.1 127.1 0x7f.1 0 localhost localhost.localdomain [::1] [::ffff:7f00:1]
"""
WRITTEN_ODDLY = _ODDLY.split()


class Trap:
    """Stands where nobody may go, and counts who came."""

    def __init__(self):
        self.visits = 0

    def __call__(self, address, port, seconds):
        self.visits += 1
        raise OSError("nobody should be here")


def request_of(client):
    """What somebody asks, with its body where its head announces one."""
    head, _, body = client.recv(65536).partition(b"\r\n\r\n")
    length = re.search(rb"Content-Length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += client.recv(65536)
    return (head + b"\r\n\r\n" + body).decode()


@contextmanager
def site(*answers, pause=0.0, asked=None):
    """A site on loopback that gives these answers, one a connection; yields a connector that leads to it."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = [] if asked is None else asked

    def serve():
        for answer in answers:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                heard.append(request_of(client))
                try:
                    for piece in [answer] if isinstance(answer, bytes) else answer:
                        client.sendall(piece)
                        time.sleep(pause)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()

    def connector(address, port, seconds):
        assert is_public(address)
        return socket.create_connection(listener.getsockname(), timeout=seconds)

    try:
        yield connector
    finally:
        listener.shutdown(socket.SHUT_RDWR)  # whoever waits to accept wakes up
        listener.close()
        thread.join(2)


def answer(body=b"picture", status="200 OK", **headers):
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{named}Content-Length: {len(body)}\r\n\r\n".encode() + body


def to_public(host, port):
    return [PUBLIC]


def fetched(connector, url="http://old.example/a.jpg", **more):
    return fetch(
        url, most_bytes=1000, **{"resolver": to_public, "connector": connector, "patience": PATIENCE, **more}
    )


@pytest.mark.parametrize("address", INTERNAL)
def test_an_address_inside_of_a_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_an_address_on_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", INTERNAL)
def test_a_name_that_leads_inside_is_never_connected_to(address):
    trap = Trap()
    with pytest.raises(NotFetched):
        fetched(trap, resolver=lambda host, port: [address])
    assert trap.visits == 0


@pytest.mark.parametrize(
    "host", [*WRITTEN_ODDLY, *(f"[{each}]" for each in INTERNAL if ":" in each and "%" not in each)]
)
def test_an_inner_address_however_it_is_written_is_never_connected_to(host):
    trap = Trap()
    with pytest.raises(NotFetched):
        fetched(trap, url=f"http://{host}/a.jpg", resolver=fetching.resolve)
    assert trap.visits == 0


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    trap = Trap()
    with pytest.raises(NotFetched, match="not a public one"):
        fetched(trap, resolver=lambda host, port: [PUBLIC, "127.0.0.1"])
    assert trap.visits == 0


def test_a_name_is_asked_for_once_so_that_it_cannot_change_its_mind():
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with site(answer()) as connector:
        assert fetched(connector, resolver=lambda host, port: next(answers)).content == b"picture"
    assert next(answers) == ["127.0.0.1"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://old.example/a", "file:///etc/passwd", "gopher://old.example/", "//old.example/a", "a.jpg", "",
        "http://", "http://name:word@old.example/", "http://name@old.example/", "http://old.example:8080/a",
        "http://old.example:22/", "https://old.example:80/", "http://[::1/", "http://old.example:x/", "http://\udcff/",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_asked(url):
    trap = Trap()
    with pytest.raises(NotFetched):
        fetched(trap, url=url)
    assert trap.visits == 0


def test_a_redirect_that_leads_inside_is_not_followed():
    visited = []

    def resolver(host, port):
        visited.append(host)
        return ["10.0.0.7"] if host == "inside.example" else [PUBLIC]

    with site(answer(status="302 Found", Location="http://inside.example/")) as connector:
        with pytest.raises(NotFetched, match="not a public one"):
            fetched(connector, resolver=resolver)
    assert visited == ["old.example", "inside.example"]


def test_three_redirects_are_followed_and_a_fourth_is_not():
    hop = answer(status="301 Moved", Location="/next.jpg")
    with site(hop, hop, hop, answer()) as connector:
        assert fetched(connector).url == "http://old.example/next.jpg"
    with site(hop, hop, hop, hop, answer()) as connector:
        with pytest.raises(NotFetched, match="too often"):
            fetched(connector)


def test_nothing_is_told_about_whoever_asks():
    asked: list[str] = []
    with site(answer(Set_Cookie="a=1"), asked=asked) as connector:
        fetched(connector, url="http://old.example/päth/a b.jpg?x=1")
    request = asked[0].lower()
    assert request.startswith("get /p%c3%a4th/a%20b.jpg?x=1 http/1.1\r\n")
    assert "host: old.example\r\n" in request
    assert not any(word in request for word in ("cookie", "referer", "authorization"))


def test_what_is_too_large_is_given_up_though_its_length_was_not_told():
    with site([b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 800, b"x" * 800]) as connector:
        with pytest.raises(NotFetched, match="larger"):
            fetched(connector)


def test_what_is_compressed_is_refused():
    with site(answer(Content_Encoding="gzip")) as connector:
        with pytest.raises(NotFetched, match="compressed"):
            fetched(connector)


@pytest.mark.parametrize(
    ("beginning", "drop"), [(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), (b"HTTP/1.1 200 OK\r\nX: ", b"1")]
)
def test_slowness_has_an_end_in_the_body_of_an_answer_and_in_its_head(beginning, drop):
    drops = iter([drop] * DROPS)
    with site(chain([beginning], drops), pause=PATIENCE / DROPS) as connector:
        with pytest.raises(NotFetched, match="too long"):
            fetched(connector, patience=0.5)
    assert any(drops), "the site could say all it had"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort",
        answer(status="404 No"),
    ],
)
def test_an_odd_or_bad_answer_is_one_plain_refusal(said):
    with site(said) as connector:
        with pytest.raises(NotFetched):
            fetched(connector)


def test_what_is_sent_arrives_whole_and_a_refusal_is_told():
    asked: list[str] = []
    with site(answer(status="202 Accepted"), answer(status="404 Not Found"), asked=asked) as connector:
        told: dict[str, Any] = {"content": b"a=1", "content_type": "application/x-www-form-urlencoded"}
        fetching.send("http://hub.example/x?y=1", **told, resolver=to_public, connector=connector)
        with pytest.raises(NotFetched, match="answered with 404"):
            fetching.send("http://hub.example/", **told, resolver=to_public, connector=connector)
    assert asked[0].startswith("POST /x?y=1 HTTP/1.1\r\nHost: hub.example\r\n")
    assert asked[0].endswith("\r\n\r\na=1")


def test_nothing_is_sent_into_our_own_network():
    trap = Trap()
    for address in INTERNAL:
        with pytest.raises(NotFetched):
            fetching.send(
                "http://inside.example/",
                content=b"x",
                content_type="text/plain",
                resolver=lambda host, port, address=address: [address],
                connector=trap,
            )
    assert trap.visits == 0

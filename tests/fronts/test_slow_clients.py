"""Whoever opens a connection and then says nothing, to use them all up, is let go by the front."""

import re
import socket
from contextlib import suppress

import pytest

from tests.fronts import fronts
from tests.fronts.conftest import ARTICLE, PRINTS
from tests.homes import Home
from tests.patience import PATIENCE

pytestmark = pytest.mark.server

UNFINISHED = {
    "a header": b"GET / HTTP/1.1\r\nHost: paper.example.org\r\nX-Slow: ",
    "a comment": b"POST /2024/05/06/the-harbour/comments/ HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\ntext=",
}


def in_a_hurry(configuration: str) -> str:
    """The same patience, in single seconds."""
    hurried, count = re.subn(
        r"(client_header_timeout|client_body_timeout|send_timeout|read_header|read_body) \d+s",
        r"\1 1s",
        configuration,
    )
    assert count >= 2
    return hurried


@pytest.mark.parametrize(
    ("name", "what"), [("nginx", "a header"), ("nginx", "a comment"), ("caddy", "a header")]
)
def test_whoever_never_finishes_is_let_go_and_others_are_served(telling_home: Home, name: str, what: str):
    with (
        fronts.short_directory() as place,
        fronts.FRONTS[name](telling_home, place / "web.sock", in_a_hurry) as front,
        socket.create_connection(("127.0.0.1", front.port), timeout=PATIENCE) as slow,
    ):
        slow.sendall(UNFINISHED[what])
        assert front.ask(ARTICLE).body == PRINTS[ARTICLE]
        with suppress(ConnectionResetError):
            while slow.recv(4096):  # until it is closed, or else the socket gives up
                pass

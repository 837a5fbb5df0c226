"""What a front tells the application about a request, and what it keeps from it."""

import json
import secrets
import socket
from pathlib import Path

import pytest

from tests.fronts.conftest import ARTICLE
from tests.fronts.fronts import Front

pytestmark = pytest.mark.server

MEGABYTE = 1024 * 1024


def test_a_forwarded_address_is_the_fronts_word_and_never_the_clients(telling: Front):
    for spoofed in ("6.6.6.6", "6.6.6.6, 7.7.7.7", "::1", "unknown", ""):
        answer = telling.ask(
            "/newsroom/x/", X_Forwarded_For=spoofed, X_Real_IP="6.6.6.6", Forwarded="for=6.6.6.6"
        )
        assert json.loads(answer.body)["from"] == "127.0.0.1"


def test_a_forwarded_scheme_is_the_fronts_word_and_never_the_clients(telling: Front):
    answer = telling.ask("/newsroom/x/", X_Forwarded_Proto="https")
    assert json.loads(answer.body)["scheme"] == "http"


def test_the_front_says_who_asks_and_the_application_believes_its_socket_only(
    telling_fronts: dict[str, Front],
):
    """Without a front's word there is no address on the socket, with it there is: so it was the front that gave it."""
    for name in ("nginx", "caddy"):
        told = json.loads(telling_fronts[name].ask("/newsroom/x/").body)
        assert told["from"] == "127.0.0.1"
        assert "HTTP_X_FORWARDED_FOR" not in told["headers"]


def test_the_host_is_passed_on(telling: Front):
    told = json.loads(telling.ask("/newsroom/x/").body)
    assert told["headers"]["HTTP_HOST"] == f"127.0.0.1:{telling.port}"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{ARTICLE}comments/"),
        ("POST", ARTICLE),
        ("DELETE", ARTICLE),
        ("GET", "/newsroom/pages/?p=1&q=x"),
        ("GET", "/receipts/x/"),
        ("GET", "/mine.json"),
        ("GET", f"{ARTICLE}comments.json?after=7&limit=3"),
        ("GET", f"{ARTICLE}?replytocom=3"),
        ("GET", "/not/printed/"),
    ],
)
def test_the_application_is_asked_as_the_client_asked(telling: Front, method: str, path: str):
    told = json.loads(telling.ask(path, method, body=b"text=x" if method == "POST" else None).body)
    asked = f"{told['path']}?{told['query']}" if told["query"] else told["path"]
    assert (told["method"], asked) == (method, path)
    assert told["bytes"] == (6 if method == "POST" else 0)


def test_a_body_beyond_the_limit_never_reaches_the_application(telling_fronts: dict[str, Front], told: Path):
    """64 KB and more of a comment reach it, since it gives the text back."""
    for name in ("nginx", "caddy"):
        front = telling_fronts[name]
        assert front.ask(f"{ARTICLE}comments/", "POST", body=b"x" * 100_000).status == 200
        for path in ("/newsroom/images/", f"{ARTICLE}comments/", "/receipts/x/revisions/"):
            assert front.ask(path, "POST", body=b"x" * 2 * MEGABYTE).status == 200
        told.write_bytes(b"")
        limits = {
            ARTICLE: 2,
            "/newsroom/images/": 26,
            f"{ARTICLE}comments/": 26,
            "/receipts/x/revisions/": 26,
        }
        for path, megabytes in limits.items():
            length = megabytes * MEGABYTE
            heard = front.say(
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n".encode()
                + b"x" * 1000
            )
            assert b" 413 " in heard.split(b"\r\n")[0], (name, path, heard[:200])
        assert told.read_bytes() == b"", name


def test_of_a_body_of_untold_length_no_more_than_the_limit_reaches_the_application(
    telling_fronts: dict[str, Front], told: Path
):
    chunks = b"%x\r\n%s\r\n" % (MEGABYTE, b"x" * MEGABYTE) * 2 + b"0\r\n\r\n"
    for name in ("nginx", "caddy"):
        telling_fronts[name].say(
            b"POST /2024/x/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
        )
        assert all(json.loads(line)["bytes"] <= MEGABYTE for line in told.read_bytes().splitlines()), name


def test_a_body_that_breaks_off_is_never_taken_for_the_whole(telling: Front, told: Path):
    with socket.create_connection(("127.0.0.1", telling.port)) as connection:
        connection.sendall(
            b"POST /newsroom/broken/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\ntext=half"
        )
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass  # until the server has done with it and closes, too
    assert b"/newsroom/broken/" not in told.read_bytes()


MARK = b"00000000"
"""Another one in every test, so that what is told late belongs to none that comes after it."""
SMUGGLED = b"GET /newsroom/smuggled/" + MARK + b"/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HEAD = b"POST /newsroom/x/" + MARK + b"/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
LENGTH = b"Content-Length: %d\r\n" % (len(SMUGGLED) + 5)
FORMS = {
    "length, then chunks": HEAD + LENGTH + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunks, then length": HEAD + b"Transfer-Encoding: chunked\r\n" + LENGTH + b"\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": HEAD + LENGTH + b"Content-Length: 0\r\n\r\n12345" + SMUGGLED,
    "two lengths in one": HEAD + b"Content-Length: 0, %d\r\n\r\n12345" % (len(SMUGGLED) + 5) + SMUGGLED,
    "a signed length": HEAD + b"Content-Length: +%d\r\n\r\n12345" % (len(SMUGGLED) + 5) + SMUGGLED,
    "a space before the colon": HEAD + LENGTH + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a tab in the value": HEAD + LENGTH + b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "an unknown coding": HEAD + LENGTH + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunked twice": HEAD + LENGTH + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "an underscore": HEAD + LENGTH + b"Transfer_Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a folded line": HEAD + LENGTH + b"X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a bare line feed": HEAD + LENGTH + b"X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk's extension": HEAD + b"Transfer-Encoding: chunked\r\n\r\n0;x=\n\r\n\r\n" + SMUGGLED,
    "a body with GET": HEAD.replace(b"POST", b"GET") + LENGTH + b"\r\n12345" + SMUGGLED,
    "a body with HEAD": HEAD.replace(b"POST", b"HEAD") + LENGTH + b"\r\n12345" + SMUGGLED,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_front_and_application_never_count_different_requests(
    telling_fronts: dict[str, Front], told: Path, name: str, form: str
):
    front, mark = telling_fronts[name], secrets.token_hex(4).encode()

    def answers_all(heard: bytes) -> bool:
        return told.read_bytes().count(mark) <= heard.count(b"HTTP/1.1 ")

    heard = front.say(FORMS[form].replace(MARK, mark), until=answers_all)
    assert answers_all(heard), heard
    assert json.loads(front.ask("/newsroom/after/").body)["path"] == "/newsroom/after/"


@pytest.mark.parametrize(
    "form", ["length, then chunks", "chunks, then length", "two lengths", "chunked twice"]
)
def test_nginx_refuses_a_request_of_two_lengths(telling_fronts: dict[str, Front], told: Path, form: str):
    mark = secrets.token_hex(4).encode()
    heard = telling_fronts["nginx"].say(FORMS[form].replace(MARK, mark))
    assert heard.split(b" ", 2)[1] in (b"400", b"501")
    assert mark not in told.read_bytes()

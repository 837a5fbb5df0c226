"""Whatever a client sends along, a printed page stays what it is."""

import random
from http.client import HTTPMessage

import pytest

from tests.fronts.conftest import ARTICLE, PRINTS
from tests.fronts.fronts import Front

pytestmark = pytest.mark.server

ODD = [
    {"Range": "bytes=0-9"},
    {"Range": "bytes=5-1,99999-"},
    {"If-Range": "x", "Range": "bytes=0-0"},
    {"If-Match": '"nothing"'},
    {"If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    {"If-Modified-Since": "Mon, 01 Jan 2091 00:00:00 GMT"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "gopher"},
    {"X-Original-URL": "/newsroom/"},
    {"X-Rewrite-URL": "/newsroom/"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"X-Accel-Redirect": "/secret"},
    {"X-Sendfile": "/etc/hostname"},
    {"Forwarded": "for=1.2.3.4;host=evil.example;proto=https"},
    {"Via": "1.1 somewhere"},
    {"Authorization": "Basic Og=="},
    {"Cache-Control": "no-cache, no-store"},
    {"Pragma": "no-cache"},
    {"Accept": "application/json"},
    {"Accept-Language": "tlh, *;q=0.1"},
    {"Accept-Charset": "utf-16"},
    {"TE": "trailers"},
    {"DNT": "1", "Sec-GPC": "1", "Save-Data": "on"},
    {"User-Agent": "MSIE 6.0; SV1"},
    {"User-Agent": ""},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Referer": "https://evil.example/?" + "x" * 2000},
    {"under_score": "1"},
    {"Content-Type": "text/html"},
]


def odd_headers() -> list[dict[str, str]]:
    """200 sets of headers: the known tricks, then names, values and cookies drawn with a fixed seed."""
    draw = random.Random(8)
    letters = "abcdefghijklmnopqrstuvwxyz-0123456789"
    printable = "".join(map(chr, [*range(33, 127), *range(0xC0, 0x100)]))

    def word(alphabet: str, most: int) -> str:
        return "".join(draw.choice(alphabet) for _ in range(draw.randint(1, most)))

    drawn: list[dict[str, str]] = []
    while len(ODD) + len(drawn) < 200:
        cookie = "; ".join(f"{word(letters, 9)}={word(letters, 40)}" for _ in range(draw.randint(0, 6)))
        headers = {f"X-{word(letters, 20)}": word(printable, 300) for _ in range(draw.randint(0, 4))}
        drawn.append(headers | {"Cookie": f"session={word(letters, 32)}; {cookie}"})
    return ODD + drawn


def test_odd_headers_and_cookies_never_change_a_printed_byte(front: Front):
    connection = front.connection()
    wanted = said(front.ask(ARTICLE).headers)
    for headers in odd_headers():
        connection.request("GET", ARTICLE, headers={"Accept-Encoding": "identity"} | headers)
        response = connection.getresponse()
        assert (response.status, response.read()) == (200, PRINTS[ARTICLE]), headers
        assert said(response.headers) == wanted, headers
    connection.close()


def said(headers: HTTPMessage) -> dict[str, str]:
    """The headers that are the print's, not the connection's."""
    passing = {"date", "keep-alive", "connection", "server"}
    return {name.lower(): value for name, value in headers.items() if name.lower() not in passing}


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_more_than_eight_kilobytes_of_headers_are_refused(real_fronts: dict[str, Front], name: str):
    heard = real_fronts[name].say(
        b"GET / HTTP/1.1\r\nHost: x\r\n"
        + b"".join(b"A-%d: %s\r\n" % (n, b"x" * 1000) for n in range(12))
        + b"\r\n"
    )
    assert heard.split(b" ", 2)[1] in (b"400", b"431"), heard[:200]
    assert real_fronts[name].ask(ARTICLE, Cookie="x" * 3000).status == 200

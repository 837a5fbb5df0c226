"""The entrance says where a request came from, and lets no path in that no database could look up."""

import pytest

from broadsheet.wiring.wsgi import Entrance


def told(environ, *, behind_front=False):
    """The environment as the application hears it."""
    heard = {}
    Entrance(lambda inside, _: heard.update(inside) or [], behind_front=behind_front)(
        {"PATH_INFO": "/", "REMOTE_ADDR": "192.0.2.1"} | environ, lambda *_: None
    )
    return heard


def test_a_forwarded_address_is_believed_behind_a_front_only():
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    assert told(forged)["REMOTE_ADDR"] == "192.0.2.1"
    assert told(forged, behind_front=True)["REMOTE_ADDR"] == "198.51.100.7"


def test_only_what_the_front_itself_appended_counts():
    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7"}
    assert told(forged, behind_front=True)["REMOTE_ADDR"] == "198.51.100.7"


def test_a_path_with_a_nul_reaches_no_database():
    assert "\0" not in told({"PATH_INFO": "/a\0b/"})["PATH_INFO"]


@pytest.mark.parametrize("charset", ["hex", "unicode_escape", "utf-7", '"base64"', "x*=undefined", "no-such"])
def test_nobody_chooses_the_codec_by_which_a_request_is_read(charset):
    given = f"text/plain; charset={charset}; boundary=a"
    assert told({"CONTENT_TYPE": given})["CONTENT_TYPE"] == "text/plain; boundary=a"
    assert told({"CONTENT_TYPE": f"text/plain;charset*=utf-7''{charset}"})["CONTENT_TYPE"] == "text/plain"

"""The web server as `broadsheet serve` starts it."""

import resource
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.patience import PATIENCE

pytestmark = [pytest.mark.server, pytest.mark.only_on("sqlite")]

TABS = 1100
"""More than two processes of granian hold by its own default."""


@pytest.fixture
def many_files():
    """May this process open as many?"""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(allowed, TABS + 500), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))


def test_a_thousand_tabs_that_say_nothing_keep_nobody_out(publication, many_files):
    with publication.served() as url, ExitStack() as tabs:
        place = (urlsplit(url).hostname, urlsplit(url).port)
        for _ in range(TABS):
            tabs.enter_context(socket.create_connection(place, timeout=PATIENCE))
        for _ in range(8):  # whichever process is met
            assert urlopen(f"{url}/robots.txt", timeout=PATIENCE).status == 200

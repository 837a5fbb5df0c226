"""The web server as `broadsheet serve` starts it."""

import os
import resource
import signal
import socket
import subprocess
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


def test_a_process_that_hangs_does_not_keep_the_server_from_stopping(publication):
    with publication.served() as url:
        urlopen(f"{url}/robots.txt", timeout=PATIENCE).close()
        listed = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,pgid=,args="], capture_output=True, text=True, check=True
        )
        lines = [
            line.split() for line in listed.stdout.splitlines() if f"--port {urlsplit(url).port}" in line
        ]
        children = [int(pid) for pid, group, *_ in lines if pid != group]
        assert children
        for child in children:
            os.kill(
                child, signal.SIGSTOP
            )  # the block ends as a supervisor ends it, which gives up after a minute

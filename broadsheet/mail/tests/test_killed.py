"""A worker that is killed while it sends: nobody gets two letters, and every letter's fate is known or named."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest
from aiosmtpd.controller import Controller

from broadsheet.mail.tests.server import Post
from tests import homes
from tests.patience import eventually

LETTERS = 60
WRITE = """
from broadsheet.mail import testing
for number in range({letters}): testing.send_to(f"{{number}}@example.org")
"""
SEND = """
from django.utils import timezone
from broadsheet.mail.models import Letter
from broadsheet.wiring import letters
Letter.objects.filter(state="sending").update(leased_until=timezone.now())  # as if the lease had run out
while Letter.objects.filter(state__in=["queued", "sending"]).exists(): letters.send_due()
"""


def child(publication, program: str, mail_url: str) -> subprocess.Popen[bytes]:
    lines = "from broadsheet.wiring import starting\nimport django\ndjango.setup()\n" + program
    own = {"BROADSHEET_MAIL_URL": mail_url, "DJANGO_SETTINGS_MODULE": "broadsheet.wiring.settings"}
    return subprocess.Popen([sys.executable, "-c", lines], env=publication.environment | own)


@pytest.mark.server
def test_a_worker_killed_twice_while_sending_sends_nobody_two(publication):
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=homes.free_port(), ready_timeout=60)
    server.start()
    mail_url = f"smtp://127.0.0.1:{server.port}"
    try:
        assert child(publication, WRITE.format(letters=LETTERS), mail_url).wait() == 0
        for so_many in (10, 30):
            worker = child(publication, SEND, mail_url)
            eventually(lambda so_many=so_many: len(post.to) >= so_many)
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        assert child(publication, SEND, mail_url).wait() == 0
    finally:
        server.stop()
    count = "SELECT count(*) FROM mail_letter WHERE state = '{}'".format
    sent, unknown = publication.number(count("sent")), publication.number(count("unknown"))
    assert sent + unknown == LETTERS
    assert unknown <= 2, "at most the one in whose middle each was killed"
    assert set(Counter(post.to).values()) == {1}
    assert sent <= len(post.to) <= LETTERS

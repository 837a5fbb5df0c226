"""What the worker does in these tests, and how alice comes to follow something."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.test import Client
from django.utils import timezone

from broadsheet.discussion.tests.cast import posted
from broadsheet.events.handing import hand_events
from broadsheet.mail.models import Letter
from broadsheet.notices import following, telling
from broadsheet.wiring import letters
from broadsheet.wiring.consumers import CONSUMERS

ALICE = "alice@example.org"


@pytest.fixture(autouse=True)
def mail_set_up(settings):
    rates = dict.fromkeys(
        (f"limit_comments_{name}" for name in ("network", "wider_network", "thread")), "1000000/1"
    )
    settings.OPTIONS = (
        settings.OPTIONS | rates | {"mail_url": "smtp://mail.example.org", "limit_mail_domain": "9999/1"}
    )


def work():
    """What the worker does until nothing is left; the mails that went."""
    before = len(mail.outbox)
    ours = {telling.note, telling.note_articles, following.forget_withdrawn, following.move}
    while hand_events([consumer for consumer in CONSUMERS if consumer.consume in ours]):
        pass
    while telling.tell_due():
        pass
    Letter.objects.filter(state="queued", due_at__lt=timezone.now() + timedelta(minutes=1)).update(
        due_at=timezone.now()
    )
    while letters.send_due():
        pass
    return mail.outbox[before:]


def later(**time):
    gone = timedelta(**time)
    for moment in ("written_at", "due_at", "handed_at"):
        Letter.objects.update(**{moment: F(moment) - gone})


def page_in(letter):
    return re.findall(r"(/follows/\S+?/)\s", letter.body)[0]


def followed(article, **fields):
    """A comment of alice's, who follows its replies and has confirmed: the comment, and her page."""
    comment = posted(article, email=ALICE, follow="1", **fields)
    [letter] = work()
    path = page_in(letter)
    assert Client().post(f"{path}confirmation/").status_code == 303
    return comment, path

"""The newsroom's delivery log."""

import pytest
from django.core import mail
from django.test import Client

from broadsheet.mail import outages, transports
from broadsheet.mail.models import Letter
from broadsheet.readers.models import Reader
from broadsheet.wiring import letters

pytestmark = pytest.mark.django_db(databases="__all__")

LOG = "/newsroom/letters/"


@pytest.fixture
def newsroom(static_files):
    """The publisher's browser."""
    client = Client()
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


def test_a_publisher_sends_a_test_letter_and_sees_what_became_of_it(newsroom):
    assert "There is none." in newsroom.get(LOG).content.decode()
    assert newsroom.post(f"{LOG}test/").status_code == 302
    assert letters.send_due() == 1
    assert mail.outbox[0].to == ["carol@example.org"]
    page = newsroom.get(f"{LOG}?state=sent").content.decode()
    assert "c…@example.org" in page
    assert "carol@example.org" not in page.split("nice-padding")[1]
    assert "There is none." in newsroom.get(f"{LOG}?state=failed&before=9x").content.decode()


def test_the_log_says_which_transports_take_letters(newsroom, settings):
    settings.OPTIONS = settings.OPTIONS | {"mail_url": "smtp://one.example.org smtps://two.example.org"}
    outages.note(transports.named()[1], "Connection refused")
    page = newsroom.get(LOG).content.decode()
    assert "one.example.org:587: takes letters" in page
    assert "two.example.org:465: <strong>takes no letters</strong>" in page
    assert "the others are asked first. It said: Connection refused" in page


def test_the_log_says_why_a_letter_did_not_go_and_goes_on_to_older_ones(newsroom):
    for number in range(51):
        Letter.objects.create(kind="news", state="failed", reason=f"550 No. {number}")
    page = newsroom.get(LOG).content.decode()
    assert "550 No. 50" in page
    assert "(forgotten)" in page
    oldest = Letter.objects.order_by("pk")[1].pk
    older = newsroom.get(f"{LOG}?before={oldest}").content.decode()
    assert "550 No. 0" in older
    assert "550 No. 1<" not in older


def test_nobody_but_publishers_sees_letters(static_files):
    client = Client()
    client.force_login(Reader.objects.create_user("alice@example.org", name="Alice", is_staff=True))
    assert client.get(LOG).status_code in {302, 403}
    assert client.post(f"{LOG}test/").status_code in {302, 403}
    assert not Letter.objects.exists()

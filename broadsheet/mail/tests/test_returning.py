"""Letters that came back are named, their mailboxes are not written to again, and nobody can say so of a stranger."""

import base64
import json
import subprocess
from email.message import EmailMessage

import pytest
from django.test import Client

from broadsheet.kit.tests import corpora
from broadsheet.mail import returning, writing
from broadsheet.mail.models import Letter, Suppression
from broadsheet.mail.tests.provider import provider
from broadsheet.mail.tests.server import speak_smtp
from broadsheet.mail.tests.test_sending import ALICE, BOB, NEWS, State, later, send
from broadsheet.readers.models import Reader
from tests.homes import PROGRAM

pytestmark = pytest.mark.django_db(databases="__all__")

ADDRESS = "/mail/events/postmark/"
CAME_BACK = {
    "RecordType": "Bounce",
    "Type": "HardBounce",
    "MessageID": "b7bc2f4a",
    "Email": ALICE,
    "BouncedAt": "2026-01-02T03:04:05Z",
    "Description": f"The server was unable to deliver your message to {ALICE}",
}


@pytest.fixture
def sent(settings):
    """A letter to Alice that a provider took."""
    with provider() as postmark:
        speak_smtp(settings, postmark.url)
        writing.write(NEWS, to=ALICE)
        assert send() == 1
    return Letter.objects.get()


def tell(event, *, secret=None, address=ADDRESS):
    given = base64.b64encode((secret or returning.secret_of("postmark")).encode()).decode()
    return Client(enforce_csrf_checks=True).post(
        address,
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": f"Basic {given}"},
    )


def causes():
    return list(Suppression.objects.values_list("cause", flat=True))


def test_what_a_provider_says_came_back_is_named_and_not_written_to_again(sent):
    for _ in range(2):  # told twice, it changes nothing
        assert tell(CAME_BACK).status_code == 200
    sent.refresh_from_db()
    assert sent.state == State.RETURNED
    assert "unable to deliver" in sent.reason and ALICE not in sent.reason
    assert causes() == ["bounced"]
    later(hours=2)
    writing.write(NEWS, to=ALICE)
    assert send() == 1 and Letter.objects.order_by("-pk")[0].state == State.DROPPED


def test_an_event_without_a_name_is_of_no_letter(sent):
    Letter.objects.update(taken_as="")
    assert tell(CAME_BACK | {"MessageID": ""}).status_code == 200
    assert Letter.objects.get().state == State.SENT and causes() == ["bounced"]


def test_a_server_that_takes_it_later_changes_nothing(sent):
    assert tell(CAME_BACK | {"Type": "Transient"}).status_code == 200
    assert causes() == [] and Letter.objects.get().state == State.SENT


def test_a_complaint_ends_all_that_was_not_asked_for_this_minute(sent):
    assert tell(CAME_BACK | {"RecordType": "SpamComplaint", "Type": "SpamComplaint"}).status_code == 200
    assert causes() == ["complained"]


def test_without_the_secret_nobody_is_believed(sent):
    assert tell(CAME_BACK, secret="broadsheet:guessed").status_code == 403
    assert Client().post(ADDRESS, json.dumps(CAME_BACK), content_type="application/json").status_code == 403
    assert tell(CAME_BACK, address="/mail/events/mailgun/").status_code == 404
    assert tell(CAME_BACK, address="/mail/events/nobody/").status_code == 404
    assert tell([1, 2]).status_code == tell("x").status_code == 400
    assert Client().head(ADDRESS).status_code == 200 and Client().get(ADDRESS).status_code == 405
    assert causes() == [] and Letter.objects.get().state == State.SENT


def report(message_id, *, status="5.1.1", action="failed", quoted="text/rfc822-headers"):
    """What a mail server says of a letter it could not deliver (RFC 3464)."""
    head = f"Message-ID: {message_id}\r\nSubject: News\r\n\r\n"
    return (
        "From: MAILER-DAEMON@example.org\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {BOB}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; 550 5.1.1 <{ALICE}> unknown\r\n\r\n"
        f"--B\r\nContent-Type: {quoted}\r\n\r\n{head}--B--\r\n"
    ).encode()


@pytest.fixture
def handed(post):
    """A letter to Alice that a mail server took, and the name it bore."""
    writing.write(NEWS, to=ALICE)
    assert send() == 1
    return post.came[0]["Message-ID"]


@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_of_a_mail_server_is_believed_by_the_name_of_the_letter(handed, quoted):
    assert returning.note_report(report(handed, quoted=quoted))
    letter = Letter.objects.get()
    assert letter.state == State.RETURNED and "550 5.1.1" in letter.reason and ALICE not in letter.reason
    # Whom the report names says nothing: it is the letter's own address that is not written to again.
    assert [each.address_digest for each in Suppression.objects.all()] == [writing.digest_of(ALICE)]


def test_a_report_of_a_full_mailbox_names_the_letter_only(handed):
    assert returning.note_report(report(handed, status="5.2.2"))
    assert Letter.objects.get().state == State.RETURNED and causes() == []


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_that_nothing_failed_changes_nothing(handed, action):
    assert not returning.note_report(report(handed, action=action))
    assert Letter.objects.get().state == State.SENT and causes() == []


def test_whoever_does_not_know_the_letter_has_nobody_taken_off(handed):
    lease, _, host = handed.strip("<>").partition("@")
    plain = EmailMessage()
    plain["Subject"] = "Undelivered Mail Returned to Sender"
    plain.set_content(f"I could not deliver {handed} to {BOB}.")
    for forged in (
        report(f"<{'0' * len(lease)}@{host}>"),
        report(""),
        report(f"<@{host}>"),
        bytes(plain),
        b"",
        b"\x00\xff",
        report(handed)[:300],
    ):
        assert not returning.note_report(forged)
    assert Letter.objects.get().state == State.SENT and causes() == []


@pytest.mark.server
def test_the_command_ends_well_whatever_it_is_given(publication):
    given = subprocess.run(
        [str(PROGRAM), "bounces"],
        input=b"no report",
        env=publication.environment,
        capture_output=True,
        check=True,
    )
    assert b"That is no report on a letter of ours." in given.stdout


@pytest.mark.hostile("mail_events")
def test_hostile_strings_in_what_a_provider_tells_are_text_in_the_log(sent, shared_dir, static_files):
    newsroom = Client()
    newsroom.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    for payload in list(corpora.hostile(shared_dir))[::200]:
        said = payload.encode("utf-8", "replace").decode()
        assert tell(CAME_BACK | {"Description": said, "Email": said}).status_code in {200, 400}
        assert tell(said).status_code == 400
        Letter.objects.update(state=State.SENT)
    assert tell(CAME_BACK | {"Description": "<script>x</script>"}).status_code == 200
    page = newsroom.get("/newsroom/letters/?state=returned").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script>x" not in page

"""Letters leave by the transport liked most; where it is down the next takes over, and nobody gets two."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F
from django.utils import timezone

from broadsheet.mail import logbook, transports, writing
from broadsheet.mail.models import Letter, Outage, Suppression
from broadsheet.mail.outages import REST
from broadsheet.mail.tests.provider import TAKEN, provider
from broadsheet.mail.tests.server import speak_smtp, started
from broadsheet.mail.tests.test_sending import ALICE, BOB, NEWS, State, later, send

pytestmark = pytest.mark.django_db

NOBODY = "smtp://127.0.0.1:9"


@pytest.fixture
def postmark():
    with provider() as found:
        yield found


@pytest.fixture
def second(postmark, settings):
    """A mail server that is named after Postmark."""
    post, server = started(settings, postmark.url)
    yield post
    server.stop()


def rest():
    """As if whoever is down had rested."""
    Outage.objects.update(rests_until=F("rests_until") - REST)


def fate():
    letter = Letter.objects.order_by("-pk")[0]
    return letter.state, letter.through


def test_a_provider_is_given_all_that_a_mail_program_asks_for(second, postmark):
    writing.write(NEWS, to=ALICE, facts={"number": 1})
    assert send() == 1 and fate() == (State.SENT, "postmark")
    [came] = postmark.came
    headers = {each["Name"]: each["Value"] for each in came["Headers"]}
    assert (came["To"], came["TextBody"], came["HtmlBody"]) == (ALICE, "News 1", "<p>News</p>")
    assert headers["List-Unsubscribe"] == "<https://quay.example/follows/KEY/leave/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert second.came == []


def test_where_the_first_is_down_the_next_takes_over(settings):
    post, server = started(settings, NOBODY)
    try:
        writing.write(NEWS, to=ALICE)
        assert send() == 1 and post.to == [ALICE]
        assert fate() == (State.SENT, f"127.0.0.1:{server.port}")
        down, up = logbook.shown_transports()
        assert (down.name, up.outage) == ("127.0.0.1:9", None)
        assert down.outage is not None and "refused" in down.outage.reason
    finally:
        server.stop()


def test_whoever_rests_is_asked_last_and_not_for_each_letter(second, postmark):
    postmark.status, postmark.answer = 503, {"Message": "Down for a moment"}
    for to in (ALICE, BOB):
        writing.write(NEWS, to=to)
    assert send() == 2 and send() == 0
    assert len(postmark.came) == 1 and second.to == [ALICE, BOB]
    writing.write(NEWS, to="carol@example.org")
    assert send() == 1 and len(postmark.came) == 1
    rest()
    postmark.status, postmark.answer = (
        200,
        postmark.answer | {"ErrorCode": 0, "Message": "OK", "MessageID": "1"},
    )
    writing.write(NEWS, to="dora@example.org")
    assert send() == 1 and fate() == (State.SENT, "postmark")
    assert [outage.ended_at is None for outage in Outage.objects.all()] == [False]


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_an_account_that_is_closed_and_a_provider_that_had_enough_are_passed_over(second, postmark, status):
    postmark.status, postmark.answer = status, {"Message": "no"}
    writing.write(NEWS, to=ALICE)
    assert send() == 1 and second.to == [ALICE]
    assert f"{status} " in Outage.objects.get().reason


def nobodys_certificate(place):
    """A key and a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = timezone.now()
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    place.write_bytes(private + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return place


def test_whoever_is_not_who_they_should_be_is_told_nothing_and_passed_over(settings, tmp_path):
    with provider(nobodys_certificate(tmp_path / "pair.pem")) as stranger:
        post, server = started(settings, stranger.url)
        try:
            writing.write(NEWS, to=ALICE)
            assert send() == 1 and post.to == [ALICE] and stranger.came == []
            assert Outage.objects.get().transport == "postmark"
        finally:
            server.stop()


def test_a_provider_whose_address_is_none_is_passed_over(settings):
    post, server = started(settings, "postmark:?server_token=TOKEN&api_url=nowhere/")
    try:
        writing.write(NEWS, to=ALICE)
        assert send() == 1 and post.to == [ALICE]
    finally:
        server.stop()


@pytest.mark.parametrize("status", [None, 502, 504])
def test_what_the_first_may_have_taken_is_given_to_nobody_else(second, postmark, status):
    postmark.breaks, postmark.status = status is None, status or 200
    writing.write(NEWS, to=ALICE)
    assert send() == 1 and send() == 0
    assert fate() == (State.UNKNOWN, "postmark")
    assert second.came == [] and len(postmark.came) == 1


def test_what_the_first_refuses_for_good_is_offered_to_nobody_else(second, postmark):
    postmark.status = 422
    postmark.answer = {
        "ErrorCode": 406,
        "Message": f"Marked as inactive. Found inactive addresses: {ALICE}. Inactive recipients are",
    }
    writing.write(NEWS, to=ALICE)
    assert send() == 1 and fate() == (State.FAILED, "postmark")
    assert second.came == [] and ALICE not in Letter.objects.get().reason
    assert not Outage.objects.exists() and not Suppression.objects.exists()


def test_a_letter_that_a_provider_cannot_read_waits_and_the_others_go(second, postmark):
    postmark.status, postmark.answer = 422, {"ErrorCode": 300, "Message": "Invalid request"}
    writing.write(NEWS, to=ALICE)
    assert send() == 0 and fate()[0] == State.QUEUED
    postmark.status, postmark.answer = 200, TAKEN
    later(hours=1)
    assert send() == 1 and second.came == []


def test_where_all_are_down_nothing_is_lost(settings):
    speak_smtp(settings, NOBODY, "smtp://127.0.0.1:7")
    writing.write(NEWS, to=ALICE)
    assert send() == 0 and fate()[0] == State.QUEUED
    assert all(transport.outage for transport in logbook.shown_transports())


def test_a_provider_without_its_settings_is_told_of_by_the_check_and_passed_over(settings):
    post, server = started(settings, "postmark:?server=TOKEN")
    try:
        assert "SERVER_TOKEN" in transports.cannot_be_set_up()["postmark"]
        writing.write(NEWS, to=ALICE)
        assert send() == 1 and post.to == [ALICE]
    finally:
        server.stop()


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://user:SECRET@mail.example.org",
        "smtp://:SECRET@",
        "test:?key=SECRET",
        "base:",
        "nobody:?key=SECRET",
        "os.path:?x",
    ],
)
def test_what_is_no_transport_is_refused_without_its_secret(url):
    with pytest.raises(ValueError, match="number 2 of option mail_url should read smtp://") as refused:
        transports.parse(f"smtps://user:pass@mail.example.org {url}")
    assert "SECRET" not in str(refused.value)


def test_nothing_is_named_twice():
    with pytest.raises(ValueError, match="twice"):
        transports.parse("smtp://one:x@mail.example.org smtp://two:y@mail.example.org:587")


def test_a_name_shows_no_secret():
    named = transports.parse(
        "smtps://user:SECRET@mail.example.org  mailgun:?api_key=SECRET&sender_domain=a.example"
    )
    assert [transport.name for transport in named] == ["mail.example.org:465", "mailgun"]
    assert named[0].options["password"] == "SECRET" and named[1].options["api_key"] == "SECRET"
    with pytest.raises(ImproperlyConfigured):
        transports.parse("mailgun:")[0].connection()

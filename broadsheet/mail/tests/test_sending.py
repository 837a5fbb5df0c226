from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db.models import F
from django.utils import timezone

from broadsheet.mail import claiming, forgetting, sending, suppressing, writing
from broadsheet.mail.kinds import Content, Kind, NotNeeded, Pace
from broadsheet.mail.models import Letter, Suppression
from broadsheet.mail.tests.server import speak_smtp

pytestmark = pytest.mark.django_db

State = Letter.State
ALICE, BOB = "alice@example.org", "bob@example.org"
UNSENT = []


def say_news(letters):
    if any(letter.facts.get("removed") for letter in letters):
        raise NotNeeded("It was removed.")
    return Content(
        subject="News\r\nBcc: mallory@example.org",
        text="\n".join(f"News {letter.facts.get('number', '')}" for letter in letters),
        html="<p>News</p>",
        sender="The Quay",
        leave="https://quay.example/follows/KEY/leave/",
        conversation="thread-3",
        unsent=lambda: UNSENT.append(letters[0].address),
    )


def say_code(letters):
    return Content(subject="Your code", text=f"It is {letters[0].secret['code']}.")


NEWS = Kind(
    "news", compose=say_news, mailing="notices", caps=(Pace(1, timedelta(hours=1)),), cap_by_bundle=True
)
CODE = Kind("code", compose=say_code, asked=True, lifetime=timedelta(minutes=30))
KINDS = {kind.name: kind for kind in (NEWS, CODE)}


def send():
    return sending.send_due(KINDS)


def fates():
    return dict(Letter.objects.values_list("pk", "state"))


def later(**time):
    """As if that time had passed."""
    gone = timedelta(**time)
    for moment in ("written_at", "due_at", "tried_at", "handed_at", "leased_until", "ended_at"):
        Letter.objects.update(**{moment: F(moment) - gone})


def test_a_letter_arrives_once_with_all_a_mail_program_asks_for(post):
    letter = writing.write(NEWS, to=f" {ALICE} ", facts={"number": 1}, bundle="thread 3")
    assert send() == 1
    assert send() == 0
    [came] = post.came
    assert post.to == [ALICE]
    assert came["From"] == "The Quay <newsroom@127.0.0.1>"
    assert came["Subject"] == "News Bcc: mallory@example.org"
    assert came["Bcc"] is None
    assert came["List-Id"] == "<notices.127.0.0.1>"
    assert came["List-Unsubscribe"] == "<https://quay.example/follows/KEY/leave/>"
    assert came["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came["References"] == came["In-Reply-To"] != came["Message-ID"]
    assert came["References"].startswith("<thread-3.")
    assert [part.get_content_type() for part in came.iter_parts()] == ["text/plain", "text/html"]
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (State.SENT, "")


def test_no_address_and_no_secret_can_be_read_in_the_table():
    writing.write(CODE, to=ALICE, secret={"code": "1234"})
    row = str(Letter.objects.values().get())
    assert ALICE not in row
    assert "1234" not in row
    send()
    assert mail.outbox[0].body == "It is 1234."
    assert Letter.objects.get().secret_sealed is None


def test_what_was_asked_for_this_minute_goes_first_and_names_no_list():
    writing.write(NEWS, to=ALICE)
    writing.write(CODE, to=BOB, secret={"code": "1"})
    send()
    assert [letter.to for letter in mail.outbox] == [[BOB], [ALICE]]
    assert not [name for name in mail.outbox[0].extra_headers if name.startswith("List-")]


def test_ten_letters_of_one_bundle_are_one_mail():
    for number in range(10):
        writing.write(NEWS, to=ALICE, facts={"number": number}, bundle="thread 3")
    writing.write(NEWS, to=BOB, facts={"number": 77}, bundle="thread 3")
    assert send() == 11
    assert len(mail.outbox) == 2
    assert mail.outbox[0].body.count("News") == 10
    assert set(fates().values()) == {State.SENT}


def test_what_is_over_the_cap_waits_and_goes_together():
    writing.write(NEWS, to=ALICE, bundle="thread 3")
    send()
    for number in range(100):
        writing.write(NEWS, to=ALICE, facts={"number": number}, bundle="thread 3")
    writing.write(NEWS, to=ALICE, bundle="thread 4")
    assert send() == 1, "another thread has an allowance of its own"
    assert len(mail.outbox) == 2
    later(minutes=59)
    assert send() == 0
    later(minutes=2)
    assert send() == 100
    assert len(mail.outbox) == 3


def test_the_brake_holds_back_all_but_what_somebody_waits_for(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_mail", "3/3600")
    for number in range(20):
        writing.write(NEWS, to=f"{number}@{number}.example", bundle="x")
    assert send() == 3
    writing.write(CODE, to=ALICE, secret={"code": "1"})
    assert send() == 1
    later(hours=1, minutes=1)
    assert send() == 3
    assert len(mail.outbox) == 7


def test_one_domain_gets_no_flood_and_keeps_no_other_waiting(monkeypatch):
    monkeypatch.setitem(settings.OPTIONS, "limit_mail_domain", "2/60")
    for number in range(5):
        writing.write(NEWS, to=f"{number}@example.org")
    writing.write(NEWS, to="bob@elsewhere.example")
    assert send() == 3
    assert [letter.to for letter in mail.outbox][-1] == ["bob@elsewhere.example"]
    later(seconds=61)
    assert send() == 2


def test_what_is_not_true_any_more_is_not_mailed():
    writing.write(NEWS, to=ALICE, facts={"removed": True})
    assert send() == 1
    assert mail.outbox == []
    letter = Letter.objects.get()
    assert (letter.state, letter.reason, letter.address_sealed) == (State.DROPPED, "It was removed.", None)


def test_a_mailbox_that_does_not_exist_is_not_written_to_again(post):
    post.answers[ALICE] = "550 5.1.1 No such user"
    UNSENT.clear()
    writing.write(NEWS, to=ALICE, bundle="1")
    send()
    writing.write(NEWS, to=ALICE, bundle="2")
    send()
    first, second = Letter.objects.order_by("pk")
    assert (first.state, first.reason) == (State.FAILED, "550 5.1.1 No such user")
    assert (second.state, second.reason) == (State.DROPPED, "Not written to: there is no such mailbox.")
    assert UNSENT == [ALICE]


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 <Alice@Example.org>: no such user", "450 4.2.1 alice@example.org full"]
)
def test_a_mail_server_that_repeats_the_address_writes_it_into_no_row(post, answer):
    post.answers[ALICE] = answer
    writing.write(NEWS, to=ALICE)
    send()
    rows = [
        *Letter.objects.values_list("reason", flat=True),
        *Suppression.objects.values_list("note", flat=True),
    ]
    assert rows and all("…" in row and "example.org" not in row.lower() for row in rows)


def test_a_refusal_of_this_one_letter_suppresses_nobody(post):
    post.answers[ALICE] = "554 5.7.1 Looks like spam"
    writing.write(NEWS, to=ALICE)
    send()
    assert fates().popitem()[1] == State.FAILED
    assert not Suppression.objects.exists()


def test_a_letter_refused_for_now_is_tried_again_ever_more_rarely(post):
    post.answers[ALICE] = "450 4.2.0 Greylisted"
    letter = writing.write(NEWS, to=ALICE)
    pauses = []
    for _ in range(4):
        send()
        letter.refresh_from_db()
        assert (letter.state, letter.reason) == (State.QUEUED, "450 4.2.0 Greylisted")
        pauses.append(letter.due_at - timezone.now())
        later(seconds=pauses[-1].total_seconds() + 1)
    assert pauses == sorted(pauses)
    assert letter.tries == 4
    del post.answers[ALICE]
    assert send() == 1
    assert len(post.came) == 1


def test_what_could_not_be_sent_in_time_fails_and_says_why(post):
    post.answers[ALICE] = "450 4.2.0 Greylisted"
    writing.write(CODE, to=ALICE, secret={"code": "1"})
    send()
    later(minutes=31)
    assert send() == 1
    letter = Letter.objects.get()
    assert (letter.state, letter.reason) == (State.FAILED, "450 4.2.0 Greylisted")


def test_a_letter_whose_answer_never_came_is_named_and_not_sent_again(post):
    post.breaks.add(ALICE)
    writing.write(NEWS, to=ALICE)
    writing.write(NEWS, to=BOB)
    assert send() == 2
    later(hours=5)
    assert send() == 0
    assert post.to == [ALICE, BOB]
    assert [state for _, state in sorted(fates().items())] == [State.UNKNOWN, State.SENT]


class Killed(BaseException):
    pass


@pytest.mark.parametrize(("step", "fate", "came"), [("hand_over", State.SENT, 1), ("end", State.UNKNOWN, 1)])
def test_a_worker_killed_at_any_step_sends_nothing_twice(post, monkeypatch, step, fate, came):
    def kill(*_, **__):
        raise Killed

    writing.write(NEWS, to=ALICE)
    with monkeypatch.context() as killed:
        killed.setattr(claiming, step, kill)
        with pytest.raises(Killed):
            send()
    assert send() == 0, "its lease still runs"
    later(minutes=4)
    send()
    assert list(fates().values()) == [fate]
    assert post.to == [ALICE] * came


def test_a_worker_that_took_too_long_hands_nothing_over(post, monkeypatch):
    """Its lease ran out and another one has the letter: it breaks off before the letter's text."""

    def slow(letters):
        later(minutes=4)
        claiming.release_lost()
        return say_news(letters)

    writing.write(NEWS, to=ALICE)
    sending.send_due({"news": Kind("news", compose=slow, mailing="notices")}, limit=1)
    assert post.came == []
    assert list(fates().values()) == [State.QUEUED]
    assert send() == 1


def test_a_server_that_is_down_is_asked_once_a_round_and_loses_nothing(settings):
    speak_smtp(settings, "smtp://127.0.0.1:9")
    for number in range(3):
        writing.write(NEWS, to=f"{number}@example.org")
    assert send() == 0
    assert Letter.objects.filter(tries=0).count() == 2
    assert set(fates().values()) == {State.QUEUED}


def test_a_server_that_closes_and_quotes_the_address_writes_it_into_no_line_of_the_log(post, caplog):
    post.closes_with = f"421 Too much mail for <{ALICE.upper()}>, come back later"
    writing.write(NEWS, to=ALICE)
    assert send() == 0
    assert "Too much mail for <…>" in caplog.text
    assert "alice@" not in caplog.text.lower() + Letter.objects.get().reason.lower()


def test_whoever_left_one_mailing_still_gets_what_they_ask_for():
    suppressing.suppress(ALICE.upper(), Suppression.Cause.UNSUBSCRIBED, mailing="notices")
    writing.write(NEWS, to=ALICE)
    writing.write(CODE, to=ALICE, secret={"code": "1"})
    send()
    assert [letter.subject for letter in mail.outbox] == ["Your code"]
    suppressing.release(ALICE, mailing="notices")
    writing.write(NEWS, to=ALICE)
    assert send() == 1


def test_addresses_are_forgotten_before_letters():
    writing.write(NEWS, to=ALICE)
    send()
    later(days=15)
    assert (forgetting.forget_addresses(), forgetting.forget_letters()) == (1, 0)
    assert Letter.objects.get().address_sealed is None
    later(days=46)
    assert forgetting.forget_letters() == 1


def test_a_letter_nobody_can_write_waits_and_keeps_no_other_waiting():
    def broken(_):
        raise KeyError("gone")

    writing.write(NEWS, to=ALICE)
    writing.write(CODE, to=BOB, secret={"code": "1"})
    assert sending.send_due({"news": Kind("news", compose=broken, mailing="notices"), "code": CODE}) == 1
    assert Letter.objects.get(kind="news").reason == "It cannot be written: KeyError('gone')"


def test_a_kind_that_nobody_could_leave_does_not_exist():
    with pytest.raises(ValueError, match="Nobody could leave"):
        Kind("spam", compose=say_news)

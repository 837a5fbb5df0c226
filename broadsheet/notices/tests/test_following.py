"""Told of replies, from the checkbox in the comment form to the letter, and out of it again."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from broadsheet.discussion import deciding, receipts, withdrawing
from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import post, posted
from broadsheet.events.handing import hand_events
from broadsheet.kit.tests import corpora
from broadsheet.limits.models import Bucket
from broadsheet.mail.models import Letter
from broadsheet.notices import following, keys, telling, timing
from broadsheet.notices.models import Follow, Follower
from broadsheet.notices.tests.cast import ALICE, followed, later, page_in, work
from broadsheet.readers import moving
from broadsheet.wiring.consumers import CONSUMERS

pytestmark = pytest.mark.django_db(databases="__all__")


def test_whoever_ticks_the_box_is_asked_once_and_told_after_a_yes(article):
    comment = posted(article, "Who has seen it?", email=ALICE, follow="1")
    posted(article, "I have.", name="bob", parent=comment.seq, address="192.0.2.9")
    [letter] = work()
    assert letter.to == [ALICE]
    assert "Is this your address?" in letter.subject
    assert "I have" not in letter.body, "no words of a stranger before a yes"
    path = page_in(letter)
    assert "Yes, tell me" in Client().get(path).content.decode()
    assert not Follow.objects.exclude(confirmed_at=None).exists(), "looking changes nothing"
    Client().post(f"{path}confirmation/")
    reply = posted(article, "Me *too*.", name="dora", parent=comment.seq, address="192.0.2.9")
    [letter] = work()
    assert letter.to == [ALICE]
    assert letter.subject == "1 answer under “The tide is late”"
    assert "dora:\nMe too." in letter.body
    assert f"{article.path}c/{reply.seq}/" in letter.body
    headers = letter.message()
    assert headers["List-Unsubscribe"].endswith(f"{path}leave/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["References"].startswith(f"<thread-{comment.thread_id}.")


def test_ten_replies_are_one_letter_and_an_hour_has_one_for_each_thread(article):
    comment, _ = followed(article)
    for number in range(10):
        posted(article, f"Reply {number}", name="bob", parent=comment.seq, address="192.0.2.9")
    [letter] = work()
    assert letter.subject == "10 answers under “The tide is late”"
    posted(article, "An eleventh.", name="bob", parent=comment.seq, address="192.0.2.9")
    assert work() == []
    later(minutes=61)
    assert len(work()) == 1


def test_removed_and_held_words_and_other_branches_are_not_mailed(article, carol):
    comment, _ = followed(article)
    other = posted(article, "Something else", name="bob", address="192.0.2.9")
    posted(article, "To bob", name="dora", parent=other.seq, address="192.0.2.9")
    posted(article, "See https://spam.example/", name="bob", parent=comment.seq, address="192.0.2.9")
    assert work() == []
    rude = posted(article, "Rude", name="mallory", parent=comment.seq, address="192.0.2.9")
    hand_events([consumer for consumer in CONSUMERS if consumer.consume is telling.note])
    telling.tell_due()
    assert Letter.objects.filter(kind="replies").exists()
    deciding.remove(rude, by=carol, reason="rude")
    assert work() == []
    assert (
        Letter.objects.get(kind="replies").reason == "It is not there any more, or is not followed any more."
    )


def test_a_comment_that_its_author_takes_back_is_followed_by_nobody(article, carol):
    comment, _ = followed(article)
    kept = posted(article, "And tomorrow?", email=ALICE, follow="1")
    work()
    assert Follow.objects.count() == 2
    deciding.hold(kept, by=carol, reason="a look")
    withdrawing.withdraw(comment)
    work()
    assert list(Follow.objects.values_list("comment", flat=True)) == [kept.pk]


def test_nobody_is_told_of_answers_to_a_removed_comment_before_it_is_restored(article, carol):
    comment, place = followed(article)
    held = posted(article, "See https://example.net/", name="bob", parent=comment.seq, address="192.0.2.9")
    deciding.remove(comment, by=carol, reason="rude")
    deciding.approve(held, by=carol)
    assert work() == []
    assert "No more" not in Client().get(place).content.decode()
    deciding.restore(comment, by=carol)
    posted(article, "Another answer.", name="bob", parent=comment.seq, address="192.0.2.9")
    [letter] = work()
    assert "Another answer." in letter.body
    assert "No more" in Client().get(place).content.decode()


def test_a_held_reply_is_told_of_once_it_is_published(article, carol):
    comment, _ = followed(article)
    held = posted(article, "See https://example.net/", name="bob", parent=comment.seq, address="192.0.2.9")
    assert work() == []
    deciding.approve(held, by=carol)
    assert len(work()) == 1


def test_authors_are_not_told_of_their_own(article):
    comment, _ = followed(article)
    posted(article, "I add:", email=ALICE, parent=comment.seq)
    assert work() == []
    posted(article, "Not alice", name="mallory", email=ALICE, parent=comment.seq, address="198.51.100.1")
    assert len(work()) == 1, "typing her address keeps her uninformed of nothing"


def test_the_whole_discussion_can_be_followed_from_the_receipt(article):
    comment = posted(article)
    receipt = receipts.path_of(comment)
    assert f"{receipt}follows/" in Client().get(receipt).content.decode()
    assert "Everything in this discussion" in Client().get(f"{receipt}follows/").content.decode()
    refused = Client().post(f"{receipt}follows/", {"extent": "thread", "email": "%@%"})
    assert refused.status_code == 422
    assert 'value="%@%"' in refused.content.decode()
    answer = Client().post(f"{receipt}follows/", {"extent": "thread", "email": ALICE})
    assert answer.status_code == 303
    assert "It is noted" in Client().get(answer["Location"]).content.decode()
    [letter] = work()
    Client().post(f"{page_in(letter)}confirmation/")
    posted(article, "Anything", name="bob", address="192.0.2.9")
    assert [each.to for each in work()] == [[ALICE]]


def test_the_page_ends_one_follow_or_all_and_sets_how_often(article):
    comment, path = followed(article)
    posted(article, "Another", email=ALICE, follow="1")
    work()
    later(days=2)
    work()
    Client().post(f"{path}confirmation/")
    assert Client().get(path).content.decode().count("No more") == 2
    Client().post(f"{path}mode/", {"mode": "daily"})
    posted(article, "Hello", name="bob", parent=comment.seq, address="192.0.2.9")
    assert work() == []
    letter = Letter.objects.get(kind="replies-daily")
    assert timezone.localtime(letter.due_at).hour == timing.MORNING
    first = Follow.objects.get(comment=comment)
    Client().post(f"{path}ends/", {"follow": first.pk})
    Letter.objects.update(due_at=timezone.now())
    assert work() == []
    assert Client().get(path).content.decode().count("No more") == 1
    Client().post(f"{path}ends/", {"follow": "all"})
    assert "Nothing." in Client().get(path).content.decode()


def test_what_an_account_follows_goes_to_its_new_address_and_the_old_mailbox_opens_nothing(article, alice):
    client = Client()
    client.force_login(alice)
    own = {"client": client, "HTTP_SEC_FETCH_SITE": "same-origin"}
    comment = posted(article, "Mine", follow="1", **own)
    work()
    old_page = keys.path_of(Follower.objects.get())
    moving.ask(alice, "alice@elsewhere.example")
    [agree] = [letter.body for letter in work() if letter.to == ["alice@elsewhere.example"]]
    moving.agree(re.findall(r"/account/address/(\S+)/", agree)[0])
    posted(article, "Hello", name="bob", parent=comment.seq, address="192.0.2.9")
    assert [letter.to for letter in work()] == [["alice@elsewhere.example"]]
    assert Client().get(old_page).status_code == 404


def test_what_is_followed_is_taken_out_with_the_comment_it_was_asked_with(article):
    comment, _ = followed(article)
    other = posted(article, "Hello", name="bob", address="192.0.2.9")
    told, others = (
        Client().get(f"{receipts.path_of(each)}data.json").json()["follows"] for each in (comment, other)
    )
    assert others == []
    assert [(each["what"], each["ended_at"]) for each in told] == [("replies to the comment", None)]
    assert told[0]["asked_at"] <= told[0]["confirmed_at"]


def test_nobody_ends_what_somebody_else_follows(article):
    _, path = followed(article)
    stranger = Follower.objects.create(address_digest="x", address_sealed=b"")
    assert (
        Client().post(f"{keys.path_of(stranger)}ends/", {"follow": Follow.objects.get().pk}).status_code
        == 303
    )
    assert Follow.objects.get().ended_at is None
    assert Client().post(f"{path[:-2]}x/leave/").status_code == 404


def test_one_click_leaves_everything_and_is_answered_without_a_redirect(article):
    comment, path = followed(article)
    assert Client().get(f"{path}leave/").status_code == 302
    assert Follow.objects.get().ended_at is None
    answer = Client(enforce_csrf_checks=True).post(
        f"{path}leave/", "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    posted(article, "Hello", name="bob", parent=comment.seq, address="192.0.2.9")
    posted(article, "Again", email=ALICE, follow="1")
    later(days=2)
    assert work() == [], "not even asked again"
    Client().post(f"{path}return/")
    posted(article, "Once more", email=ALICE, follow="1")
    assert len(work()) == 1


def test_a_flood_of_asks_with_one_address_is_one_letter_a_day_and_three_a_month(article):
    comment = posted(article)
    sent = 0
    for day in range(5):
        for _ in range(200 if day == 0 else 10):
            telling.ask_by_letter(comment, extent="thread", address=ALICE)
        sent += len(work())
        assert sent <= day + 1
        later(days=1, minutes=1)
    assert sent == 3


def test_a_flood_of_addresses_meets_the_brake(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_mail_confirmations": "10/3600"}
    for number in range(40):
        answer = post(
            article, f"No. {number}", email=f"victim{number}@example.org", follow="1",
            address=f"198.51.100.{number}", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        )  # fmt: skip
        assert answer.status_code == 303
    assert len(work()) == 10
    assert work() == []
    assert Letter.objects.filter(state="queued").count() == 30


def test_a_network_that_asks_too_often_from_receipts_is_stopped(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"limit_comments_network": "3/3600"}
    paths = [receipts.path_of(posted(article, f"No. {n}", address=f"198.51.100.{n}")) for n in range(5)]
    Bucket.objects.all().delete()
    answers = [
        Client().post(f"{path}follows/", {"extent": "thread", "email": f"{n}@example.org"})
        for n, path in enumerate(paths)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429, 429]
    assert 'value="4@example.org"' in answers[-1].content.decode()
    assert "Retry-After" in answers[-1]


def test_known_and_unknown_addresses_are_answered_alike(article):
    followed(article)
    answers = set()
    for email in (ALICE, "nobody@example.org"):
        comment = posted(article, "Same words", name="mallory", address="198.51.100.7")
        path = f"{receipts.path_of(comment)}follows/"
        answer = Client().post(path, {"extent": "thread", "email": email})
        page = Client().get(answer["Location"])
        answers.add(
            (answer.status_code, str(sorted(answer.headers)), page.content.replace(path.encode(), b""))
        )
        Comment.objects.filter(pk=comment.pk).update(fingerprint=None)  # the next one is no repeat
    assert len(answers) == 1


def test_a_box_without_an_address_is_refused_and_keeps_what_was_written(article):
    answer = post(article, "Long thoughts", follow="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "To be told of replies, give an e-mail address." in page
    assert "Long thoughts" in page
    assert re.search(r'name="follow" value="1" checked', page)


def test_without_a_mail_server_nothing_is_offered(article, settings):
    settings.OPTIONS = settings.OPTIONS | {"mail_url": ""}
    comment = posted(article, email=ALICE, follow="1")
    assert "Tell me of replies" not in Client().get(receipts.path_of(comment)).content.decode()
    assert Client().get(f"{receipts.path_of(comment)}follows/").status_code == 404
    hand_events(CONSUMERS)
    assert not Letter.objects.exists()


def test_addresses_that_nobody_confirmed_are_forgotten(article):
    posted(article, email=ALICE, follow="1")
    work()
    Follow.objects.update(asked_at=F("asked_at") - timedelta(days=15))
    Follower.objects.update(made_at=F("made_at") - timedelta(days=15))
    following.forget_idle()
    assert not Follower.objects.exists()


@pytest.mark.parametrize(("deed", "kept"), [("ends/", False), ("leave/", True)])
def test_an_address_that_follows_nothing_any_more_is_forgotten_unless_it_left_for_good(article, deed, kept):
    _, path = followed(article)
    Client().post(f"{path}{deed}", {"follow": "all"})
    Follower.objects.update(made_at=F("made_at") - timedelta(days=15))
    following.forget_idle()
    assert Follower.objects.exists(), "it may be taken back for a while"
    Follow.objects.update(ended_at=F("ended_at") - timedelta(days=61))
    following.forget_idle()
    assert Follower.objects.exists() is kept
    assert not Follow.objects.exists()


def test_many_followers_are_written_to_in_parts_that_can_be_killed(article, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    comment = posted(article)
    work()
    for number in range(5):
        follow = following.ask(comment, extent="thread", address=f"{number}@example.org")
        Follow.objects.filter(pk=follow.pk).update(confirmed_at=timezone.now())
    posted(article, "News", name="bob", address="192.0.2.9")
    hand_events([consumer for consumer in CONSUMERS if consumer.consume is telling.note])
    telling.tell_due()
    assert Letter.objects.count() == 2
    assert len(work()) == 5


@pytest.mark.hostile("receipt_follows")
def test_hostile_strings_as_an_address_are_refused_and_shown_harmlessly(article, shared_dir):
    path = f"{receipts.path_of(posted(article))}follows/"
    for payload in list(corpora.hostile(shared_dir))[::200]:
        typed = payload.encode("utf-8", "replace").decode()
        answer = Client().post(path, {"extent": "thread", "email": typed})
        assert answer.status_code in {303, 422, 429}
        if answer.status_code == 422:
            inside = answer.content.decode().split('name="email"')[1].split("</p>")[0]
            assert inside.count("<") <= 1
            assert "onerror=" not in re.sub(r'value="[^"]*"', "", inside)


def test_what_somebody_wrote_is_text_in_a_letter_and_no_link(article):
    comment, _ = followed(article)
    said = "<script>x</script> **bold** &lt;i&gt;"
    posted(article, said, name="<b>bob</b>", parent=comment.seq, address="192.0.2.9")
    [letter] = work()
    html = letter.alternatives[0][0]
    assert "<script" not in html
    assert "<b>bob" not in html
    assert "&lt;b&gt;bob" in html
    assert not re.findall(r'href="(?!http://127\.0\.0\.1:8000/)', html)
    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html

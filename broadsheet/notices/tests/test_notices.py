"""What happened, for a reader: written at once, grouped, read, forgotten, and in a feed of their own."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from broadsheet.discussion import deciding, withdrawing
from broadsheet.discussion.tests.cast import make_article, posted, write
from broadsheet.mail.models import Letter
from broadsheet.notices import noticing, telling
from broadsheet.notices.models import Follow, Follower, Notice
from broadsheet.notices.tests.cast import work
from broadsheet.readers.models import Profile

pytestmark = pytest.mark.django_db(databases="__all__")

OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def reading(alice):
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.force_login(alice)
    return client


@pytest.fixture
def mine(article, reading):
    """A comment of alice's, who followed nothing with it."""
    return posted(article, "Who has seen it?", client=reading, **OWN)


def reply(mine, text="I have.", name="bob", **fields):
    return posted(mine.thread.article, text, name=name, parent=mine.seq, address="192.0.2.9", **fields)


def shown(client, path="/notices/"):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def test_replies_stand_among_a_readers_notices_together_without_a_follow_or_a_letter(mine, reading):
    for number in range(3):
        reply(mine, f"Reply {number}")
    assert work() == []
    html = shown(reading)
    assert "3 replies to your comment under" in html
    assert "The tide is late" in html
    assert html.index("Reply 2") < html.index("Reply 0"), "the newest first"
    assert "3 are unread." in html
    assert reading.get("/mine.json").json()["unread"] == 3


def test_what_one_wrote_oneself_is_no_notice_and_one_thing_is_one(article, mine, reading):
    posted(article, "I add.", client=reading, parent=mine.seq, **OWN)
    reply(mine, "@Alice, I have.")
    reading.post(f"/follows/new{article.path}")
    work()
    assert Notice.objects.count() == 1
    assert Notice.objects.get().kind == "replies"


def test_a_mention_a_followed_discussion_reader_and_section_are_each_named(article, mine, reading, carol):
    profile = Profile.objects.create(reader=carol, shown_at=timezone.now())
    beside = make_article("The ferry runs", section=article.section)
    for path in (beside.path, profile.path, article.section.path):
        assert reading.post(f"/follows/new{path}").status_code == 303
    posted(article, "As @Alice says.", name="bob", address="192.0.2.9")
    posted(beside, "It runs.", name="bob", address="192.0.2.9")
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    other.force_login(carol)
    posted(article, "Here I am.", client=other, **OWN)
    new = make_article("The dredger is back", section=article.section, live=False, published_at=None)
    new.save_revision().publish()
    work()
    html = shown(reading)
    for words in (
        "1 mention of you under",
        "1 new comment under",
        "1 comment by Carol Reed under",
        "New article:",
    ):
        assert words in html, words
    assert new.path in html


def test_one_group_is_read_or_all_and_a_look_reads_nothing(mine, reading, article):
    reply(mine)
    posted(article, "As @Alice says.", name="bob", address="192.0.2.9")
    work()
    assert "2 are unread." in shown(reading)
    reading.get("/notices/reads/")
    assert Notice.objects.filter(read_at=None).count() == 2
    numbers = re.findall(r'name="notices" value="([\d,]+)"', shown(reading))
    assert reading.post("/notices/reads/", {"notices": numbers[0]}).status_code == 303
    assert "1 is unread." in shown(reading)
    reading.post("/notices/reads/", {"notices": "all"})
    assert "unread." not in shown(reading)
    assert "Mark as read" not in shown(reading)


def test_nobody_reads_anybody_elses_and_strangers_are_led_to_the_door(mine, carol):
    reply(mine)
    work()
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    other.force_login(carol)
    other.post("/notices/reads/", {"notices": str(Notice.objects.get().pk)})
    assert Notice.objects.get().read_at is None
    assert "I have." not in shown(other)
    for path in ("/notices/", "/notices/follows/"):
        assert Client().get(path)["Location"].startswith("/account/sign-in/?next=%2Fnotices%2F")
    foreign = Client(HTTP_SEC_FETCH_SITE="cross-site")
    foreign.force_login(mine.reader)
    assert foreign.post("/notices/reads/", {"notices": "all"}).status_code == 403
    assert Notice.objects.get().read_at is None


def test_a_removed_comment_is_no_notice_until_it_is_restored_and_a_withdrawn_one_never(mine, reading, carol):
    comment = reply(mine)
    work()
    deciding.remove(comment, by=carol, reason="rude")
    assert "I have." not in shown(reading)
    assert reading.get("/mine.json").json()["unread"] == 0
    deciding.restore(comment, by=carol)
    assert "I have." in shown(reading)
    withdrawing.withdraw(comment)
    work()
    assert not Notice.objects.exists()


def test_notices_come_without_a_mail_server_too(mine, reading, settings):
    settings.OPTIONS = settings.OPTIONS | {"mail_url": ""}
    reply(mine)
    work()
    assert "1 reply to your comment under" in shown(reading)
    assert not Letter.objects.exists()


def test_whoever_wants_none_of_a_kind_gets_none(mine, reading):
    kinds = ("replies", "mentions", "thread", "reader", "byline", "section", "tag")
    choices = {f"mail-{kind}": "off" for kind in kinds} | {"site-mentions": "1"}
    assert reading.post("/notices/follows/preferences/", choices).status_code == 303
    reply(mine)
    posted(mine.thread.article, "As @Alice says.", name="bob", address="192.0.2.9")
    work()
    assert [notice.kind for notice in Notice.objects.all()] == ["mentions"]


def test_many_notices_stand_on_pages_of_fifty(mine, reading, alice, django_assert_max_num_queries):
    comments = [write(mine.thread, f"No. {n}", parent=mine) for n in range(52)]
    rows = [Notice(reader=alice, kind="replies", comment=comment) for comment in comments]
    Notice.objects.bulk_create(rows)
    with django_assert_max_num_queries(14):
        html = shown(reading)
    assert "50 replies to your comment under" in html
    [earlier] = re.findall(r'rel="next" href="([^"]+)"', html)
    assert "2 replies to your comment under" in shown(reading, earlier)
    for wrong in ("x", "-1", "9" * 30):
        assert reading.get(f"/notices/?before={wrong}").status_code == 404


def test_without_any_the_page_says_what_will_stand_there(reading):
    assert "Nothing has happened yet." in shown(reading)


def test_the_feed_needs_no_cookie_and_another_address_shuts_the_earlier_one(mine, reading):
    reply(mine, "I have <b>seen</b> it.")
    work()
    [path] = re.findall(r'href="http://[^/]+(/notices/feeds/[^"]+)"', shown(reading))
    answer = Client().get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "1 reply to your comment under The tide is late" in answer.content.decode()
    reading.get("/notices/feed/")
    assert Client().get(path).status_code == 200, "a look changes nothing"
    reading.post("/notices/feed/")
    assert Client().get(path).status_code == 404
    [another] = re.findall(r'href="http://[^/]+(/notices/feeds/[^"]+)"', shown(reading))
    assert Client().get(another).status_code == 200
    assert Client().get(another.replace("/feeds/", "/feeds/1")).status_code == 404


def test_notices_are_forgotten_after_half_a_year(mine):
    reply(mine)
    work()
    noticing.forget_old()
    assert Notice.objects.count() == 1
    Notice.objects.update(made_at=F("made_at") - timedelta(days=181))
    noticing.forget_old()
    assert not Notice.objects.exists()


def test_what_is_taken_out_has_notices_and_follows_and_they_go_with_the_account(
    mine, reading, alice, article
):
    reply(mine)
    reading.post(f"/follows/new{article.section.path}")
    work()
    archive = zipfile.ZipFile(io.BytesIO(b"".join(reading.get("/account/takeout/").streaming_content)))
    [notice] = json.loads(archive.read("notices.json"))
    assert notice["where"].endswith(f"{article.path}c/2/")
    [follow] = json.loads(archive.read("follows.json"))
    assert (follow["what"], follow["name"]) == ("new articles of a section", "Harbour")
    mine.reader = None
    mine.save()
    alice.delete()
    assert not Notice.objects.exists() and not Follow.objects.exists() and not Follower.objects.exists()


def test_a_thread_with_many_followers_is_noticed_in_parts(article, monkeypatch, django_user_model):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    for number in range(5):
        client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        reader = django_user_model.objects.create_user(f"{number}@example.org", name=f"No. {number}")
        client.force_login(reader)
        client.post(f"/follows/new{article.path}")
    posted(article, "News", name="bob", address="192.0.2.9")
    assert len(work()) == 5
    assert Notice.objects.count() == 5

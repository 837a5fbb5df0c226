"""wpDiscuz's subscriptions become standing follows, and the links in its letters go on leading somewhere."""

import json
import random
import tracemalloc

import pytest
from django.test import Client
from django.utils import timezone

from broadsheet.discussion.tests.cast import post
from broadsheet.kit.tests import corpora
from broadsheet.notices import following
from broadsheet.notices.models import Follow, Follower
from broadsheet.notices.tests.cast import mail_set_up, work  # noqa: F401 - a fixture
from broadsheet.readers.models import Profile, Reader
from broadsheet.transfer.models import Imported, Source
from broadsheet.transfer.subscriptions import reading, sql
from broadsheet.transfer.subscriptions.importing import import_subscriptions
from broadsheet.transfer.tests import importing_cast as cast
from broadsheet.transfer.tests import wxr_writer as wxr

pytestmark = pytest.mark.django_db(databases="__all__")

KEY = "0123456789abcdef0123456789abcdef"
DUMP = f"""-- A dump's own; comment with 'quotes'
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `old7_posts` (`ID` bigint(20), `post_content` longtext);
INSERT INTO `old7_posts` VALUES (10,'It''s; INSERT INTO `old7_wc_comments_subscription` VALUES (9,\\'x\\');\\n');
CREATE TABLE `old7_wc_comments_subscription` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `email` varchar(255) NOT NULL,
  `subscribtion_id` int(11) NOT NULL,
  `post_id` int(11) NOT NULL,
  `subscribtion_type` varchar(255) NOT NULL,
  `activation_key` varchar(255) NOT NULL,
  `confirm` tinyint(4) DEFAULT 0,
  `subscription_date` timestamp NULL,
  `imported_from` varchar(255) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`), KEY `post_id` (`post_id`)
) ENGINE=InnoDB;
INSERT INTO `old7_wc_comments_subscription` VALUES
(1,'dora@example.org',10,10,'post','{KEY}',1,'2022-03-04 05:06:07',''),
(2,'erin@example.org',10,10,'all_comment','{KEY}',1,NULL,''),
(3,'finn@example.org',101,10,'comment','{KEY}',1,'2022-03-04 05:06:07',''),
(4,'mallory@example.org',10,10,'post','{KEY}',0,'2022-03-04 05:06:07','');
INSERT INTO old7_wc_comments_subscription (`email`, `id`, confirm, subscribtion_type, post_id) VALUES
('no address', 5, 1, 'post', 10), ('gil@example.org', 6, 1, 'post', 999), ('gil@example.org', 7, 1, 'x', 10);
"""


@pytest.fixture
def source(db):
    """A site that was imported: an article whose comment 101 is dora's."""
    cast.run(wxr.post(10, title="Harbour", comments=[wxr.comment(101, name="Dora")]))
    return Source.objects.get()


def taken(text, source, tmp_path, **more):
    file = tmp_path / "subscriptions"
    file.write_text(text, encoding="utf-8")
    return import_subscriptions(file, source=source, **more)


def test_confirmed_ones_are_taken_and_the_report_says_what_became_of_each(source, tmp_path):
    report = taken(DUMP, source, tmp_path)
    kinds = dict(Follow.objects.values_list("kind", "confirmed_at"))
    assert set(kinds) == {"thread", "answers", "replies"}
    assert kinds["thread"].year == 2022
    assert Follow.objects.get(kind="replies").comment.anchor == "comment-101"
    assert sum(report.taken.values()) == 3
    assert report.left == {
        "nobody confirmed them": 1,
        "their address is none": 1,
        "what they follow was not imported": 1,
        "they follow something unknown": 1,
    }
    assert "Left: 1, since nobody confirmed them." in report.in_words()
    assert json.dumps(report.as_dict())
    assert not Follower.objects.filter(confirmed_at=None).exists()


def test_who_was_subscribed_is_told_of_the_next_comment(source, tmp_path):
    taken(DUMP, source, tmp_path)
    article = Imported.objects.get().article
    article.comments_open = True
    article.save()
    answer = post(article, "Hello again", name="bob", address="192.0.2.9")
    assert answer.status_code == 303, answer.content
    assert [letter.to for letter in work()] == [["dora@example.org"]]


def test_again_changes_nothing_and_brings_back_nothing_that_ended(source, tmp_path):
    taken(DUMP, source, tmp_path)
    following.end(Follow.objects.get(kind="thread").follower)
    Follow.objects.filter(kind="answers").delete()
    before = list(Follow.objects.order_by("pk").values())
    report = taken(DUMP, source, tmp_path)
    assert (sum(report.taken.values()), report.known) == (0, 3)
    assert list(Follow.objects.order_by("pk").values()) == before


def test_an_address_that_left_for_good_is_left_alone_and_a_dry_run_writes_nothing(source, tmp_path):
    assert sum(taken(DUMP, source, tmp_path, dry_run=True).taken.values()) == 3
    assert not Follower.objects.exists()
    taken(DUMP, source, tmp_path)
    following.leave(Follow.objects.get(kind="thread").follower)
    more = DUMP.replace("(1,'dora", "(11,'dora")
    assert taken(more, source, tmp_path).left["their owner wants no letters"] == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_either_table_is_read_too(source, tmp_path, delimiter):
    carol = Reader.objects.create_user("carol@example.org", name="Carol")
    Profile.objects.create(reader=carol, shown_at=timezone.now())
    head = delimiter.join(reading.TABLES[reading.SUBSCRIPTIONS])
    row = delimiter.join(["1", "dora@example.org", "10", "10", "post", KEY, "1", "2022-03-04 05:06:07", ""])
    assert taken(f"\ufeff{head}\r\n{row}\r\n", source, tmp_path).taken == {"the whole discussion": 1}
    head = delimiter.join(reading.TABLES[reading.FOLLOWS])
    rows = [
        delimiter.join(["1", "10", "4", user, "X", "0", "dora@example.org", "Dora", KEY, "1", "0", ""])
        for user in ("carol@example.org", "nobody@example.org")
    ]
    report = taken("\n".join([head, rows[0], rows[1].replace("1", "2", 1)]), source, tmp_path)
    assert report.taken == {"the comments of a reader": 1}
    assert report.left == {"whom they follow has no public page here": 1}


@pytest.mark.parametrize(
    "link",
    [
        "/wpdiscuzsubscription/unsubscribe/?wpdiscuzSubscribeID=1&key={key}",
        "/wpdiscuzsubscription/confirm/?wpdiscuzConfirmID=1&wpdiscuzConfirmKey={key}&wpDiscuzComfirm=yes",
        "/?wpdiscuzUrlAnchor=comments&wpdiscuzSubscribeID=1&key={key}",
    ],
)
def test_links_in_old_letters_lead_to_the_page_where_it_ends_and_end_nothing_themselves(
    source, tmp_path, link
):
    taken(DUMP, source, tmp_path)
    shown = Client().get(link.format(key=KEY), follow=True)
    assert "Everything in the discussion of" in shown.content.decode()
    assert "No more" in shown.content.decode()
    assert not Follow.objects.exclude(ended_at=None).exists()
    for wrong in ("", "x", KEY[::-1]):
        assert Client().get(link.format(key=wrong), follow=True).status_code == 404


def test_a_dump_takes_no_memory_however_long_a_value_is(tmp_path):
    file = tmp_path / "dump.sql"
    with file.open("w") as text:
        text.write("INSERT INTO `a_posts` VALUES (1,'")
        for _ in range(200):
            text.write("long " * 20_000 + "It''s; \\' " * 20)
        text.write("');\n" + DUMP)
    tracemalloc.start()
    try:
        numbers = [row["id"] for _, row in reading.rows(file)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert numbers == ["1", "2", "3", "4", "5", "6", "7"]
    assert peak < 4_000_000


def test_a_piece_may_end_anywhere(tmp_path, monkeypatch):
    file = tmp_path / "dump.sql"
    file.write_text(DUMP)
    whole = list(reading.rows(file))
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr(sql, "PIECE", size)
        assert list(reading.rows(file)) == whole


@pytest.mark.only_on("sqlite")
def test_what_is_broken_or_hostile_ends_and_takes_nothing(source, tmp_path, shared_dir):
    numbers = random.Random(7)
    for _ in range(60):
        start, end = sorted(numbers.randrange(len(DUMP)) for _ in range(2))
        list(reading.rows(_written(tmp_path, DUMP[:start] + DUMP[end:])))
    for payload in list(corpora.hostile(shared_dir))[::100]:
        typed = payload.encode("utf-8", "replace").decode()
        list(reading.rows(_written(tmp_path, DUMP.replace("dora@example.org", typed))))
    said = "%@%' OR 1=1 --"
    taken(DUMP.replace("dora@example.org", said.replace("'", "''")), source, tmp_path)
    assert Follow.objects.count() == 2
    with pytest.raises(reading.Unreadable):
        head = ",".join(reading.TABLES[reading.SUBSCRIPTIONS])
        list(reading.rows(_written(tmp_path, f'{head}\n1,"{"x" * 100_000}')))


def _written(tmp_path, text):
    file = tmp_path / "text"
    file.write_text(text, encoding="utf-8")
    return file

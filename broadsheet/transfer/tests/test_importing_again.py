"""Importing again changes nothing, adds what is new, and finishes what was interrupted."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import psycopg
import pytest

from broadsheet.articles.models import Article, OldAddress, StandingPage
from broadsheet.discussion.models import Comment, Thread
from broadsheet.events.models import Event
from broadsheet.transfer.models import Source
from broadsheet.transfer.tests import wxr_writer as wxr
from broadsheet.transfer.tests.importing_cast import comment, dump, run, run_text
from broadsheet.transfer.wordpress import importing
from tests.homes import PROGRAM
from tests.patience import eventually


@pytest.mark.django_db
def test_a_second_run_changes_no_row_and_says_so():
    first = run_text(wxr.everything())
    before = dump()
    second = run_text(wxr.everything())
    assert dump() == before
    assert not +second.new
    same = ("articles", "pages", "authors", "images", "comments", "redirects", "orphans")
    assert [first.as_dict()[name] for name in same] == [second.as_dict()[name] for name in same]


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_and_counts_the_same():
    Event.objects.all().delete()
    before = dump()
    dry = run_text(wxr.everything(), dry_run=True)
    assert dump() == before
    wet = run_text(wxr.everything())
    assert {**dry.as_dict(), "dry_run": False} == wet.as_dict()


@pytest.mark.django_db
def test_a_dry_run_beside_an_import_that_was_done_finds_nothing_new():
    run_text(wxr.everything())
    before = dump()
    assert not +run_text(wxr.everything(), dry_run=True).new
    assert dump() == before


@pytest.mark.django_db
def test_a_newer_export_adds_what_is_new_and_leaves_the_rest():
    run(wxr.post(1, title="As it was", comments=[wxr.comment(1), wxr.comment(2, approved="0")]))
    Article.objects.update(headline="Edited here")
    report = run(
        wxr.post(
            1,
            title="Changed there",
            comments=[
                wxr.comment(1),
                wxr.comment(2, approved="0"),
                wxr.comment(3, parent=2),
                wxr.comment(4, parent=1),
            ],
        ),
        wxr.post(2),
    )
    assert set(Article.objects.values_list("headline", flat=True)) == {"Edited here", "The post of number 2"}
    assert report.changed == ["https://lamp.example/2019/03/04/post-1/"]
    assert {name: report.new[name] for name in ("articles", "comments")} == {"articles": 1, "comments": 2}
    assert [comment(n).seq for n in (1, 2, 3, 4)] == [1, 2, 3, 4]
    assert [comment(n).sib for n in (1, 2, 3, 4)] == [1, 2, 1, 1]  # 2 keeps its place now: it was answered
    assert (comment(1).reply_count, comment(2).descendant_count) == (1, 1)
    thread = Thread.objects.get()
    assert (thread.last_seq, thread.comment_count, thread.last_rev, thread.root_count) == (4, 3, 3, 2)
    assert Article.objects.get(slug="post-1").comment_count == 3


@pytest.mark.django_db
def test_what_was_said_here_since_keeps_its_numbers():
    run(wxr.post(1, comments=[wxr.comment(1)]))
    thread = Thread.objects.get()
    own = Comment(thread=thread, seq=thread.take_seq(), state=Comment.State.PUBLISHED, author_name="Bob")
    own.place_below(comment(1))
    own.rev, own.sib = thread.show_reply(), comment(1).take_sib()
    own.posted_at, own.source, own.html, own.render_version = comment(1).posted_at, "x", "<p>x</p>", 1
    own.save()
    Comment.objects.filter(pk=comment(1).pk).update(reply_count=1, descendant_count=1)
    run(wxr.post(1, comments=[wxr.comment(1), wxr.comment(2, parent=1)]))
    own.refresh_from_db()
    assert (own.seq, own.sib, comment(2).seq, comment(2).sib, comment(2).rev) == (2, 1, 3, 2, 3)
    assert (comment(1).reply_count, comment(1).last_sib, comment(1).descendant_count) == (2, 2, 2)


@pytest.mark.django_db
def test_what_was_deleted_here_does_not_come_back():
    run(wxr.post(1), wxr.page(2))
    Article.objects.all().delete()
    StandingPage.objects.all().delete()
    report = run(wxr.post(1), wxr.page(2))
    assert not Article.objects.exists()
    assert report.skipped[importing.GONE] == 2


@pytest.mark.django_db
def test_two_sites_with_the_same_numbers_are_two_sites():
    run_text(wxr.export([wxr.post(1)], url="https://lamp.example"))
    run_text(wxr.export([wxr.post(1)], url="https://bell.example"))
    run_text(wxr.export([wxr.post(1)], url="http://lamp.example/"))
    assert Article.objects.count() == 2
    assert Source.objects.count() == 2


@pytest.mark.django_db
def test_an_address_that_leads_somewhere_already_is_left():
    OldAddress.objects.create(path="/?p=1", target="/about/")
    run(wxr.post(1))
    assert OldAddress.objects.get(path="/?p=1").target == "/about/"


@pytest.mark.django_db
def test_pages_are_printed_again_once_however_much_came():
    run_text(wxr.everything())
    assert Event.objects.filter(kind="publication.changed").count() == 1


@pytest.mark.django_db
def test_an_export_that_breaks_off_changes_nothing():
    text = wxr.everything()
    before = dump()
    with pytest.raises(ValueError, match="line"):
        run_text(text[: len(text) * 3 // 4])
    assert dump() == before


def export_file(path):
    wxr.write_large(path / "large.xml", articles=300, comments=20)
    return path / "large.xml"


COMPARED = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.wiring.settings"
import django; django.setup()
from broadsheet.articles.models import Article, OldAddress
from broadsheet.discussion.models import Comment, Thread
from broadsheet.events.models import Event
print(list(Article.objects.order_by("slug").values_list("headline", "slug", "published_on", "comment_count")))
counters = ("article__slug", "last_seq", "last_rev", "root_count", "comment_count")
print(list(Thread.objects.order_by("article__slug").values_list(*counters)))
fields = ("seq", "sib", "depth", "path", "state", "rev", "author_name", "guest__address_digest", "source", "html",
          "last_sib", "reply_count", "descendant_count", "likes", "dislikes", "anchor", "parent__anchor")
print([[bytes(v) if isinstance(v, memoryview) else v for v in row]
       for row in Comment.objects.order_by("thread__article__slug", "seq").values_list(*fields)])
print(list(OldAddress.objects.order_by("path").values_list("path", "target")))
print(Event.objects.filter(kind="publication.changed").exists())
"""


def state_of(home):
    done = subprocess.run(
        [sys.executable, "-c", COMPARED], env=home.environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def written(home):
    """How many articles stand there by now, as somebody else sees it."""
    if home.database_url:
        with psycopg.connect(home.database_url) as connection:
            return len(connection.execute("SELECT 1 FROM articles_article").fetchall())
    with closing(sqlite3.connect(f"file:{home.path}/db/broadsheet.sqlite3?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM articles_article").fetchone()[0]


@pytest.mark.server
def test_an_import_that_is_killed_and_run_again_equals_one_that_was_not(make_publication, tmp_path):
    file = export_file(tmp_path)
    whole, broken = make_publication(), make_publication()
    (broken.path / "keys" / "sealing").write_bytes((whole.path / "keys" / "sealing").read_bytes())
    whole.run("import", "wordpress", str(file))
    process = subprocess.Popen(
        [PROGRAM, "import", "wordpress", str(file)], env=broken.environment, stdout=subprocess.DEVNULL
    )
    assert eventually(lambda: bool(written(broken)) or process.poll() is not None, breath=0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    stood = written(broken)
    assert 0 < stood < 300, f"{stood} articles were there when it was killed"
    broken.run("import", "wordpress", str(file))
    assert state_of(broken) == state_of(whole)

"""The press: what is marked gets printed, once a second at most, and nothing that was marked is forgotten."""

import fcntl
import gzip
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import brotli
import pytest
from django.db import connection

from broadsheet.articles import rendering
from broadsheet.discussion import deciding
from broadsheet.discussion.tests.cast import posted, write
from broadsheet.events.handing import hand_events
from broadsheet.kit.pages import NotThere, Page
from broadsheet.press import addresses, eviction, printing, queue, refresh, store
from broadsheet.press.models import StalePrint
from broadsheet.wiring.consumers import CONSUMERS
from broadsheet.wiring.worker import drain
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def printed(monkeypatch):
    """What the press prints, in order."""
    paths = []
    print_again = printing.print_again

    def noted(path, *arguments):
        paths.append(path)
        print_again(path, *arguments)

    monkeypatch.setattr(printing, "print_again", noted)
    return paths


def test_a_hot_page_is_printed_at_most_once_a_second(article, clock, printed):
    printing.print_page(article.path)
    for second in range(4):
        for n in range(5):
            posted(article, f"{second} {n}", address=f"10.{second}.{n}.1")
            drain()
        clock.forward(1.01)
    assert 4 <= printed.count(article.path) <= 5
    drain()
    assert store.read(article.path).count(b'<article class="comment"') == 20


def test_what_was_posted_within_the_second_is_printed_when_it_is_over(article, clock):
    printing.print_page(article.path)
    posted(article, "First")
    drain()
    posted(article, "Second")
    drain()
    assert b"Second" not in store.read(article.path)
    clock.forward(1.01)
    drain()
    assert b"Second" in store.read(article.path)


def test_whoever_waited_while_a_page_was_printed_gets_that_print(article, monkeypatch):
    """A thousand who ask at once for a page without a print have it made once, not a thousand times."""
    waits, flock = threading.Event(), fcntl.flock

    def told(descriptor, how):
        if how == fcntl.LOCK_EX:
            waits.set()
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", told)
    with ThreadPoolExecutor(1) as second:
        with store.turn(article.path):
            asked = second.submit(printing.print_missing, article.path)
            assert waits.wait(PATIENCE)
            store.write(article.path, b"What the first had printed")
        assert asked.result(PATIENCE) == ("text/html; charset=utf-8", b"What the first had printed")
    assert b"The tide is late" in printing.print_missing(article.path)[1], "nobody was waited for"


def test_a_page_that_is_marked_while_it_is_printed_is_printed_again(article, thread, clock, monkeypatch):
    """A comment that commits after the page has read the thread, and is marked before its print is done."""
    write(thread, "Before")
    refresh.mark_paths([article.path])
    print_page = printing.print_page

    def slow(path, *arguments):
        made = print_page(path, *arguments)
        if path == article.path and thread.comments.count() == 1:
            posted(article, "Meanwhile")
            hand_events(CONSUMERS)
        return made

    monkeypatch.setattr(printing, "print_page", slow)
    queue.print_due()
    assert b"Meanwhile" not in store.read(article.path)
    clock.forward(1.01)
    drain()
    assert b"Meanwhile" in store.read(article.path)


def test_a_worker_that_dies_before_it_printed_finds_the_work_again(article, monkeypatch):
    printing.print_page(article.path)
    posted(article, "Still to print")

    def die(path, *_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(printing, "print_again", die)
        drain()
    drain()
    assert b"Still to print" in store.read(article.path)


def test_a_page_that_cannot_be_printed_is_tried_again_and_keeps_no_other_from_it(article, clock, monkeypatch):
    print_again = printing.print_again

    def fails(path, *arguments):
        if path == article.path:
            raise RuntimeError("no paper")
        print_again(path, *arguments)

    for path in (article.path, f"{article.path}thread.json"):
        printing.print_page(path)
    posted(article, "Some day")
    with monkeypatch.context() as patch:
        patch.setattr(printing, "print_again", fails)
        drain()
    assert b"Some day" not in store.read(article.path)
    assert b'"last_seq": 1' in store.read(f"{article.path}thread.json")
    clock.forward(10.1)
    drain()
    assert b"Some day" in store.read(article.path)


def test_a_page_at_rest_is_compressed_as_well_as_possible_and_keeps_its_etag(article, clock, prints):
    posted(article, " ".join(f"{n * n}" for n in range(1200)))
    printing.print_page(article.path)
    drain()
    file = prints / store.name_of(article.path)
    before, twins = (
        file.stat(),
        {ending: file.with_name(file.name + ending).stat().st_size for ending in (".br", ".gz")},
    )
    clock.forward(queue.REST + 1)
    drain()
    clock.forward(queue.REST + 1)
    drain()
    assert (file.stat().st_mtime, file.stat().st_size) == (before.st_mtime, before.st_size)
    assert file.with_name("index.html.br").stat().st_size < twins[".br"]
    assert all(file.with_name(file.name + ending).stat().st_mtime == before.st_mtime for ending in twins)
    assert not StalePrint.objects.filter(path=article.path).exists()


def test_a_comment_on_a_page_at_rest_wakes_it(article, clock):
    posted(article, "First")
    printing.print_page(article.path)
    drain()
    clock.forward(60)
    posted(article, "Second")
    drain()
    assert b"Second" in store.read(article.path)


def test_cards_that_count_comments_lag_behind_by_seconds_only(article, clock, printed):
    printing.print_page("/")
    posted(article, "One")
    drain()
    assert "/" not in printed
    clock.forward(refresh.CARD_PAUSE + 0.1)
    drain()
    assert printed.count("/") == 1
    assert b"1 comment" in store.read("/")


def test_a_feed_of_a_lively_discussion_lags_behind_by_seconds_but_shows_nothing_that_is_gone(
    article, clock, carol
):
    feed = f"{article.path}comments/feed.xml"
    printing.print_page(feed)
    first = posted(article, "First")
    drain()
    assert b"First" in store.read(feed)
    clock.forward(refresh.PAUSE + 0.1)
    posted(article, "Second")
    drain()
    assert b"Second" not in store.read(feed)
    clock.forward(refresh.FETCHED_PAUSE)
    drain()
    assert b"Second" in store.read(feed)
    clock.forward(refresh.PAUSE + 0.1)
    posted(article, "Third")
    deciding.remove(first, by=carol)
    posted(article, "Fourth")
    drain()
    assert b"First" not in store.read(feed)


def test_a_page_that_went_leaves_no_print(article):
    printing.print_page(article.path)
    article.live = False
    article.save()
    printing.print_again(article.path)
    assert store.read(article.path) is None


def test_a_path_where_nothing_stands_is_printed_nowhere(publication, prints):
    for path in ("/nothing/", "/2020/01/01/nothing/", "/x.html", "no slash", "/../../etc/passwd"):
        with pytest.raises(NotThere):
            printing.print_page(path)
    assert [file for file in prints.rglob("*") if file.is_file()] == []


def test_a_mark_brings_a_page_forward_and_never_puts_it_off(publication, clock):
    refresh.mark_paths(["/"], after=20)
    refresh.mark_paths(["/"])
    refresh.mark_paths(["/"], after=20)
    assert StalePrint.objects.get(path="/").due_at <= time.time()


def test_a_page_nobody_has_read_yet_is_printed_a_little_later(article, clock, printed):
    posted(article, "First")
    drain()
    assert store.read(article.path) is None
    clock.forward(refresh.CARD_PAUSE + 0.1)
    drain()
    assert b"First" in store.read(article.path)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_marks_made_together_are_committed_together():
    within = []

    def noted(execute, sql, params, many, context):
        if "press_staleprint" in sql:
            within.append(connection.in_atomic_block)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        refresh.mark_paths([f"/{n}/" for n in range(3)])
    assert within == [True]
    assert StalePrint.objects.count() == 3


@pytest.mark.parametrize(
    ("take_away", "beneath"),
    [
        (partial(printing.print_again, "/2026/03/02/tide/c/"), "/2026/03/02/tide/c/1/"),
        (partial(printing.print_again, "/2026/03/02/tide/c/1/"), "/2026/03/02/tide/c/1/replies/1/"),
        (partial(printing.print_again, "/2026/03/02/tide/"), "/2026/03/02/tide/thread.json"),
        (partial(printing.print_again, "/section/harbour/page/"), "/section/harbour/page/2/"),
        (eviction.forget_all, "/section/harbour/page/2/"),
    ],
)
def test_a_page_that_was_read_before_it_went_is_not_printed_after(
    publication, monkeypatch, take_away, beneath
):
    read, go_on = threading.Event(), threading.Event()

    def slow(page):
        read.set()
        go_on.wait(PATIENCE)
        return b"What was removed meanwhile"

    address = addresses.Address(re.compile(".*"), Page)
    find = addresses.find
    monkeypatch.setattr(addresses, "find", lambda path: (address, {}) if path == beneath else find(path))
    monkeypatch.setattr(rendering, "render", slow)
    reader = threading.Thread(target=printing.print_page, args=(beneath,))
    later = threading.Timer(0.3, go_on.set)
    reader.start()
    assert read.wait(PATIENCE)
    later.start()
    take_away()
    for thread in (reader, later):
        thread.join()
    assert store.read(beneath) is None


@pytest.mark.parametrize(("encoding", "unpacked"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_whoever_is_the_first_to_ask_gets_the_page_as_small_as_everybody_after(
    article, client, encoding, unpacked
):
    answer = client.get(article.path, headers={"Accept-Encoding": encoding})
    assert answer["Content-Encoding"] == encoding and answer["Vary"] == "Accept-Encoding"
    assert answer.content == store.read(article.path, encoding)
    assert unpacked(answer.content) == store.read(article.path)
    store.forget(article.path)
    plain = client.get(article.path)
    assert "Content-Encoding" not in plain and plain.content == store.read(article.path)


@pytest.mark.only_on("sqlite")
def test_the_first_answer_is_known_again_by_the_name_that_every_later_one_has(article, ask):
    for encoding in ("br", "gzip", ""):
        store.forget(article.path)
        first, later = (ask(article.path, HTTP_ACCEPT_ENCODING=encoding) for _ in range(2))
        same = ("ETag", "Vary", "Cache-Control", "Content-Encoding", "Content-Type")
        told = [{name: answer.headers.get(name) for name in same} for answer in (first, later)]
        assert told[0] == told[1] and told[0]["ETag"] and first.body == later.body
        known = ask(article.path, HTTP_ACCEPT_ENCODING=encoding, HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert known.status == 304

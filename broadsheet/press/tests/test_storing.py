"""Prints on disk: whole or not there, each version with a name of its own, whatever the address looks like."""

import gzip
import threading

import brotli
import pytest

from broadsheet.press import eviction, store
from broadsheet.press.store import Effort


def twins(file):
    return brotli.decompress(file.with_name(file.name + ".br").read_bytes()), gzip.decompress(
        file.with_name(file.name + ".gz").read_bytes()
    )


def test_a_print_stands_with_its_twins_which_say_the_same(prints):
    assert store.write("/a/b/", b"Words " * 100)
    file = prints / "a/b/index.html"
    assert file.read_bytes() == b"Words " * 100
    assert twins(file) == (b"Words " * 100,) * 2
    moments = {path.stat().st_mtime for path in file.parent.iterdir()}
    assert len(moments) == 1 and float(moments.pop()).is_integer()


def test_the_same_bytes_are_not_written_again(prints):
    store.write("/a/", b"same")
    before = (prints / "a/index.html").stat()
    assert store.write("/a/", b"same") is False
    after = (prints / "a/index.html").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_every_version_of_a_page_has_a_moment_of_its_own(prints):
    """Moments are whole seconds, since ETags are made of them: five versions in one second need five."""
    moments = []
    for n in range(5):
        store.write("/a/", b"%d" % n)
        moments.append((prints / "a/index.html").stat().st_mtime)
    assert len(set(moments)) == 5 and moments == sorted(moments)


def test_a_twin_that_is_missing_is_made_again(prints):
    store.write("/a/", b"same")
    (prints / "a/index.html.br").unlink()
    assert store.write("/a/", b"same")
    assert twins(prints / "a/index.html") == (b"same",) * 2


def test_a_reader_never_sees_half_a_print(prints):
    """One writes versions of very different lengths, another reads: every reading is one of them, whole."""
    versions = {bytes([65 + n]) * (10 ** (n % 5 + 1)) for n in range(10)}
    store.write("/a/", b"A" * 10)
    stop, broken = threading.Event(), []

    def read():
        while not stop.is_set():
            if (prints / "a/index.html").read_bytes() not in versions:
                broken.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    for version in sorted(versions) * 3:
        store.write("/a/", version)
    stop.set()
    reader.join()
    assert not broken
    assert not list(prints.rglob("*.part"))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "a",
        "//a/",
        "/a//b/",
        "/../a/",
        "/a/../b/",
        "/./a/",
        "/.env",
        "/a/.git/config",
        "/a\0b/",
        "/a\\b/",
        "/.well-known/../x",
    ],
)
def test_an_address_that_could_lead_elsewhere_has_no_file(path):
    assert store.name_of(path) is None
    assert store.write(path, b"x") is False
    assert store.read(path) is None
    store.forget(path)
    store.forget_below(path)


@pytest.mark.parametrize(
    "path",
    [
        "/2026/03/02/" + "x" * 300 + "/",
        "/section/" + "é" * 200 + "/",
        "/海の話/日本語/",
        "/" + "deep/" * 300,
        "/%2e%2e/",
        "/a b/'\"&?/",
        "/😀/",
    ],
)
def test_long_odd_and_foreign_addresses_have_files_that_every_file_system_takes(prints, path):
    assert store.write(path, path.encode())
    assert store.read(path) == path.encode()
    for file in prints.rglob("*"):
        assert len(file.name.encode()) <= 255
        assert len(str(file.relative_to(prints)).encode()) <= 1100
    store.forget(path)
    assert store.read(path) is None


def test_long_addresses_that_begin_alike_have_files_of_their_own():
    one, other = ("/section/" + "x" * 400 + end + "/" for end in ("a", "b"))
    assert store.name_of(one) != store.name_of(other)


def test_forgetting_takes_the_twins_along_and_leaves_the_neighbours(prints):
    store.write("/a/", b"1")
    store.write("/a/b/", b"2")
    store.write("/ab/", b"3")
    store.forget("/a/")
    assert [store.read(path) for path in ("/a/", "/a/b/", "/ab/")] == [None, b"2", b"3"]
    assert not (prints / "a/index.html.br").exists()
    store.forget_below("/a/")
    assert [store.read(path) for path in ("/a/b/", "/ab/")] == [None, b"3"]


def test_forgetting_below_the_root_is_not_done(prints):
    store.write("/a/", b"1")
    store.forget_below("/")
    assert store.read("/a/") == b"1"


def test_a_page_and_one_beneath_it_can_both_stand(prints):
    store.write("/a/", b"1")
    store.write("/a/b.xml", b"2")
    assert (store.read("/a/"), store.read("/a/b.xml")) == (b"1", b"2")


def test_compressing_better_changes_no_byte_and_no_moment(prints):
    content = b" ".join(b"%d" % (n * n) for n in range(2000))
    store.write("/a/", content)
    file = prints / "a/index.html"
    before, size = file.stat().st_mtime, file.with_name("index.html.br").stat().st_size
    assert store.write("/a/", content, Effort.AT_REST)
    assert (file.read_bytes(), file.stat().st_mtime) == (content, before)
    assert file.with_name("index.html.br").stat().st_size < size
    assert twins(file) == (content,) * 2


def test_permalinks_and_further_pages_make_room_for_new_ones_and_nothing_else_does(prints, settings, clock):
    settings.OPTIONS = settings.OPTIONS | {"print_budget_mb": 1}
    store.write("/2026/03/02/tide/", b"kept" * 1000)
    for n in range(20):
        clock.forward(2)
        store.write(f"/2026/03/02/tide/c/{n}/", bytes([n]) + b"x" * 150_000)
        store.write("/section/harbour/page/2/", b"x" * 1000)
    assert eviction.make_room() > 0
    left = [n for n in range(20) if store.read(f"/2026/03/02/tide/c/{n}/")]
    assert left and left == list(range(left[0], 20))
    assert store.read("/2026/03/02/tide/")
    assert (
        sum(file.stat().st_size for file in (prints / "2026/03/02/tide/c").rglob("*") if file.is_file())
        <= 1024**2
    )
    assert eviction.make_room() == 0


def test_only_the_address_says_what_makes_room_not_where_the_home_is(settings, tmp_path):
    settings.PRINTS = tmp_path / "c/page/prints"
    kept = ["/2026/03/02/tide/", "/static/news/c/page/x.js"]
    for path in (*kept, "/2026/03/02/tide/c/1/", "/section/harbour/page/2/"):
        store.write(path, b"words")
    eviction.forget_all()
    assert [path for path in kept if store.stands(path)] == kept
    assert not store.stands("/2026/03/02/tide/c/1/") and not store.stands("/section/harbour/page/2/")

"""A print is replaced while it is read: the reader sees the old one or the new one, whole."""

import gzip
import threading
import time
from itertools import count
from pathlib import Path

import brotli
import pytest
from django.test import override_settings

from broadsheet.press import store
from tests.fronts.fronts import Front
from tests.homes import Home
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.server

READS = 600
PATH = "/2024/05/06/a-hot-thread/"
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
VERSIONS = [
    b"<!doctype html><p>old" + b" and short" * 300,
    b"<!doctype html><p>new" + b" and much longer" * 9000,
]


def test_a_print_that_is_replaced_while_it_is_read_is_never_half(front: Front, paper: Home):
    stop = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            store.write(PATH, VERSIONS[written % 2])
            written += 1

    seen = set()
    with override_settings(PRINTS=paper.path / "prints", HOME=paper.path):
        store.write(PATH, VERSIONS[1])
        writer = threading.Thread(target=write)
        writer.start()
        try:
            connection = front.connection()
            until = time.monotonic() + PATIENCE
            for number in count():
                if number >= READS and ((len(seen) == 2 and written > 20) or time.monotonic() > until):
                    break
                accepted = ("identity", "gzip", "br")[number % 3]
                connection.request("GET", PATH, headers={"Accept-Encoding": accepted})
                response = connection.getresponse()
                body = DECODE[response.headers["Content-Encoding"]](response.read())
                assert response.status == 200
                assert body in VERSIONS
                seen.add(body)
            connection.close()
        finally:
            stop.set()
            writer.join()
    assert len(seen) == 2 and written > 20


def test_an_etag_names_one_version_only(front: Front, paper: Home):
    known: dict[str, bytes] = {}

    def shown(number: int) -> bool:
        """Whether this version is handed out; whatever is, has its own ETag."""
        answer = front.ask(PATH)
        assert known.setdefault(answer.headers["ETag"], answer.body) == answer.body
        return answer.body.endswith(b"version %d" % number)

    with override_settings(PRINTS=paper.path / "prints", HOME=paper.path):
        for number in range(4):
            store.write(PATH, b"<!doctype html><p>version %d" % number)
            assert eventually(lambda newest=number: shown(newest))
            answer = front.ask(PATH)
            assert front.ask(PATH, If_None_Match=answer.headers["ETag"]).status == 304
        for etag in list(known)[:-1]:
            assert front.ask(PATH, If_None_Match=etag).status == 200
    assert sum(b"<p>version " in body for body in known.values()) == 4


def test_a_file_that_is_still_being_written_is_nobodys(front: Front, paper: Home):
    directory: Path = paper.path / "prints" / "2024"
    (directory / ".0123456789abcdef.part").write_bytes(b"half")
    assert front.ask("/2024/.0123456789abcdef.part").status == 404

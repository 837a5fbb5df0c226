"""Reading never stops: not while the application is stuck, and behind a front not even when it is gone."""

import fcntl
import shutil
import threading
from collections.abc import Callable
from typing import IO
from urllib.parse import quote

import pytest

from tests.fronts import fronts
from tests.fronts.conftest import ARTICLE, HASHED, PICTURES, PRINTS, fill
from tests.fronts.fronts import Front
from tests.homes import Home
from tests.patience import PATIENCE, eventually

pytestmark = pytest.mark.server


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_without_application_and_database_every_printed_page_is_read(
    make_publication: Callable[[], Home], name: str
):
    home = make_publication()
    fill(home)
    with fronts.short_directory() as place:
        web_socket = place / "web.sock"
        with fronts.FRONTS[name](home, web_socket) as front:
            with fronts.application(home, "broadsheet.wiring.wsgi:application", at=web_socket):
                assert front.ask("/robots.txt").status == 200
                assert front.ask("/nothing/").status == 404
            web_socket.unlink(missing_ok=True)
            shutil.rmtree(home.path / "db")
            for path, content in PRINTS.items():
                answer = front.ask(quote(path))
                assert (answer.status, answer.body) == (200, content), path
            assert front.ask("/robots.txt").status == 200
            assert front.ask("/media/boat.png").body == PICTURES["boat.png"]
            for path in ("/nothing/", "/newsroom/", f"{ARTICLE}comments.json", "/?s=x", HASHED):
                says_when_to_come_back(front, path)
            says_when_to_come_back(front, f"{ARTICLE}comments/", "POST")


def says_when_to_come_back(front: Front, path: str, method: str = "GET") -> None:
    answer = front.ask(path, method)
    assert answer.status == 503, path
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"Please try again" in answer.body


def test_an_application_that_comes_back_is_asked_again(make_publication: Callable[[], Home]):
    home = make_publication()
    with fronts.short_directory() as place:
        web_socket = place / "web.sock"
        with fronts.nginx(home, web_socket) as nginx, fronts.caddy(home, web_socket) as caddy:
            for _ in range(2):
                with fronts.application(home, "tests.fronts.telling_application:application", at=web_socket):
                    assert [each.ask("/newsroom/x/").status for each in (nginx, caddy)] == [200, 200]
                assert [each.ask("/newsroom/x/").status for each in (nginx, caddy)] == [503, 503]


@pytest.fixture
def gate(telling_home: Home):
    """Shut while the file is open: the application waits for its lock."""
    with (telling_home.path / "gate").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def test_prints_are_handed_out_while_the_application_is_stuck(telling: Front, gate: IO[bytes]):
    """Eight threads: six wait in the application, whoever else wants it is asked to come back."""

    def wait(number: int) -> None:
        """Until it is let in: the question below may stand in a slot just then."""
        while telling.ask(f"/newsroom/wait/{number}/").status == 503 and not gate.closed:
            pass

    waiting = [threading.Thread(target=wait, args=(number,)) for number in range(6)]
    for thread in waiting:
        thread.start()
    try:
        assert eventually(lambda: telling.ask("/newsroom/").status == 503)
        busy = telling.ask("/newsroom/")
        assert busy.status == 503
        assert int(busy.headers["Retry-After"]) > 0
        assert b"go back: your words still stand in the form" in busy.body
        for _ in range(20):  # each would run into its time-out if it waited behind the application
            assert telling.ask(ARTICLE).body == PRINTS[ARTICLE]
            assert telling.ask(HASHED).status == 200
    finally:
        gate.close()
        for thread in waiting:
            thread.join(PATIENCE)
    assert telling.ask("/newsroom/").status == 200

"""One publication with a handful of prints, in front of it the stand alone, nginx and Caddy."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.test import override_settings

from broadsheet.press import store
from tests import homes
from tests.fronts import fronts
from tests.fronts.fronts import Front
from tests.homes import Home

ARTICLE = "/2024/05/06/the-harbour/"
EMBED = f"{ARTICLE}c/3/embed/"
PRINTS = {
    EMBED: b"<!doctype html><title>A comment</title>" * 20,
    ARTICLE: b"<!doctype html><title>The harbour</title>" + b"<p>Boats, and what they bring. " * 400,
    "/2024/05/06/über-das-meer-海の上/": "<!doctype html><title>海</title>".encode() * 60,
    f"/2024/05/06/{'a-long-name-' * 16}/": b"<!doctype html><title>Long</title>" * 20,
    f"{ARTICLE}thread.json": b'{"count": 3, "last_seq": 3, "rev": 3}' * 20,
    f"{ARTICLE}index.md": b"# The harbour\n" * 40,
    f"{ARTICLE}comments/feed.xml": b'<?xml version="1.0"?><rss/>' * 40,
    "/section/sea/feed.atom": b'<?xml version="1.0"?><feed/>' * 40,
    "/section/sea/feed.json": b'{"version": "https://jsonfeed.org/version/1.1"}' * 20,
    "/.well-known/change-password.txt": b"Ask at the harbour office.\n" * 20,
    "/sitemap-2.xml": b'<?xml version="1.0"?><urlset/>' * 20,
    "/other.webmanifest": b'{"name": "Paper"}' * 40,
    "/static/paper.0123456789ab.css": b"body { color: black }\n" * 40,
    "/static/paper.js": b"let boats = 3;\n" * 40,
    "/static/mark.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 20,
}
HASHED = f"/2024/05/06/{'x' * 300}/"
"""Too long for a file's name: only the stand knows what its print is called."""
PICTURES = {
    "boat.png": b"\x89PNG boat",
    "boat.webp": b"RIFF boat",
    "boat.jpeg": b"\xff\xd8 boat",
    "upload.svg": b"<svg onload='alert(1)'/>",
    "upload.html": b"<script>alert(1)</script>",
}
SECRET = b"the-source's-name"


def fill(home: Home) -> None:
    """Prints and pictures, and beside them what nobody may read."""
    with override_settings(PRINTS=home.path / "prints", HOME=home.path):
        for path, content in (PRINTS | {HASHED: b"<!doctype html><title>Too long</title>"}).items():
            store.write(path, content)
    for name, content in PICTURES.items():
        (home.path / "media" / name).write_bytes(content)
    for folder in ("original_images", "comment_pictures"):
        (home.path / "media" / folder).mkdir()
        (home.path / "media" / folder / "boat.png").write_bytes(SECRET)
    for name in ("secret", "prints/.secret", "media/.secret", "keys/secret", "prints/2024/.secret"):
        (home.path / name).write_bytes(SECRET)
    alone = ("newsroom/index.html", "receipts/x/index.html", "mine.json", "comments/counts.json")
    for name in (f"prints/{each}" for each in alone):
        (home.path / name).parent.mkdir(parents=True, exist_ok=True)
        (home.path / name).write_bytes(SECRET)
    (home.path / "prints" / ARTICLE[1:] / "comments.json").write_bytes(SECRET)


@contextmanager
def opened(home: Home, name: str) -> Iterator[dict[str, Front]]:
    """All three fronts of one home, with the same WSGI application behind them."""
    with ExitStack() as stack:
        place = stack.enter_context(fronts.short_directory())
        port, web_socket = homes.free_port(), place / "web.sock"
        stack.enter_context(fronts.application(home, name, at=port))
        stack.enter_context(fronts.application(home, name, at=web_socket))
        yield {
            "stand": Front("stand", port),
            "nginx": stack.enter_context(fronts.nginx(home, web_socket)),
            "caddy": stack.enter_context(fronts.caddy(home, web_socket)),
        }


@pytest.fixture(scope="session")
def paper(make_publication: Callable[[], Home]) -> Home:
    home = make_publication()
    fill(home)
    return home


@pytest.fixture(scope="session")
def real_fronts(paper: Home) -> Iterator[dict[str, Front]]:
    with opened(paper, "broadsheet.wiring.wsgi:application") as all_three:
        yield all_three


@pytest.fixture(params=fronts.NAMES)
def front(request: pytest.FixtureRequest, real_fronts: dict[str, Front]) -> Front:
    """The publication through one of its fronts."""
    return real_fronts[request.param]


@pytest.fixture(scope="session")
def telling_home(make_publication: Callable[[], Home]) -> Home:
    home = make_publication()
    fill(home)
    return home


@pytest.fixture(scope="session")
def telling_fronts(telling_home: Home) -> Iterator[dict[str, Front]]:
    with opened(telling_home, "tests.fronts.telling_application:application") as all_three:
        yield all_three


@pytest.fixture(params=fronts.NAMES)
def telling(request: pytest.FixtureRequest, telling_fronts: dict[str, Front]) -> Front:
    """An application that tells what reached it, through one of the fronts."""
    return telling_fronts[request.param]


@pytest.fixture
def told(telling_home: Home) -> Path:
    """The lines that the telling application writes, one a request, empty at first."""
    file = telling_home.path / "told.jsonl"
    file.write_bytes(b"")
    return file

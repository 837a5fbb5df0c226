"""The sample publication for whoever looks at it in a browser: journeys, script/screenshots, benchmarks/cold_load."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.homes import Home
from tests.journeys import window
from tests.journeys.following import shows
from tests.patience import eventually


def fill(home: Home) -> Home:
    """Found an empty home with the sample in it."""
    home.run("init", "--no-input", "--sample")
    return home


def sign_in_path(home: Home) -> str:
    """A fresh link for the publisher, as `broadsheet admit` prints it."""
    printed = home.run("admit").stdout
    found = re.search(r"/newsroom/sign-in/\S+", printed)
    assert found, printed
    return found[0]


@contextmanager
def chromium(path: str | None = None) -> Iterator[Browser]:
    path = path or os.environ.get("TEST_BROWSER") or shutil.which("chromium")
    assert path, "No Chromium was found. script/test installs it, or set TEST_BROWSER=/path/to/chromium."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=window.ARGUMENTS, timeout=window.PATIENCE
        )
        yield browser
        browser.close()


def articles(browser: Browser, url: str) -> dict[str, str]:
    """The sample's articles: slug → path, as the front page links to them."""
    with window.opened(browser, url) as page:
        page.goto("/")
        paths = page.eval_on_selector_all("a[href^='/2']", "links => links.map(a => a.pathname)")
    return {path.split("/")[4]: path for path in paths if path.count("/") == 5}


TO_DO = """
SELECT (SELECT count(*) FROM events_event WHERE handed_at IS NULL)
     + (SELECT count(*) FROM press_staleprint WHERE NOT at_rest)
     + (SELECT count(*) FROM search_due)
     + (SELECT count(*) FROM articles_picture WHERE prepared_at IS NULL)
"""


def rest(home: Home) -> None:
    """Wait until what happened is handed on, pictures are prepared, pages printed, and every text can be found."""
    while before := home.number(TO_DO):
        assert eventually(lambda: home.number(TO_DO) != before), f"nothing happens: {home.said()}"


def settle(browser: Browser, url: str) -> None:
    """Wait until the pictures are prepared, which keeps a small machine busy in a publication's first seconds."""
    paths = articles(browser, url).values()
    with window.opened(browser, url) as page:
        for path in paths:
            assert eventually(shows(page, path, "srcset")), f"the pictures of {path} are not prepared"

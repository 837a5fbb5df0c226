"""The sample publication, served once for all journeys, and one Chromium."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import homes, migrated
from tests.homes import Home
from tests.journeys import window

MANY = "10000/60"
"""Journeys all come from one network, which would be stopped for commenting and signing in too often."""
LIMITS = {
    f"BROADSHEET_LIMIT_{name}": MANY
    for name in ("COMMENTS_NETWORK", "COMMENTS_WIDER_NETWORK", "SIGN_IN_NETWORK", "SIGN_IN_ACCOUNT")
}

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="package")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the sample publication."""
    home = homes.new(tmp_path_factory.mktemp("sample"))
    migrated.restore_into(home.path)
    home.run("init", "--no-input", "--sample")
    return home


@pytest.fixture(scope="package")
def site(sample: Home) -> Iterator[str]:
    """The address of the sample publication."""
    with sample.served(**LIMITS) as url:
        yield url


@pytest.fixture(scope="package")
def browser(browser_path: str) -> Iterator[Browser]:
    """One for all journeys. It ends with them, since its loop keeps other tests from the database."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path, args=window.ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser: Browser, site: str) -> Open:
    """`with open_window(java_script_enabled=False) as page:`, addresses beginning at the sample's."""
    return partial(window.opened, browser, site)


@pytest.fixture
def page(open_window: Callable[..., Any]) -> Iterator[Page]:
    with open_window() as page:
        yield page


@pytest.fixture
def sign_in_path(sample: Home) -> str:
    """A fresh link for the publisher, as `broadsheet init` prints it."""
    return sign_in_path_of(sample)


def sign_in_path_of(home: Home) -> str:
    printed = home.run("init", "--no-input").stdout
    found = re.search(r"/newsroom/sign-in/\S+", printed)
    assert found, printed
    return found[0]


@pytest.fixture(scope="package")
def articles(browser: Browser, site: str) -> dict[str, str]:
    """The sample's articles: slug → path, as the front page and the archive link to them."""
    with window.opened(browser, site) as page:
        page.goto("/")
        hrefs = page.eval_on_selector_all("a[href^='/2']", "links => links.map(a => a.pathname)")
    return {path.split("/")[4]: path for path in hrefs if path.count("/") == 5}

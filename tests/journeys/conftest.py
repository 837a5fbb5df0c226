"""The sample publication, served once for all journeys, and one Chromium."""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests import founded, homes
from tests.homes import Home
from tests.journeys import sample, window

MANY = "10000/60"
"""Journeys all come from one network, which would be stopped for commenting and signing in too often."""
LIMITS = {
    f"BROADSHEET_LIMIT_{name}": MANY
    for name in ("COMMENTS_NETWORK", "COMMENTS_WIDER_NETWORK", "SIGN_IN_NETWORK", "SIGN_IN_ACCOUNT")
}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Beside a journey that failed stands what the server said, and what its worker had still to do."""
    report = yield
    home = getattr(item, "funcargs", {}).get("sample_home")
    if report.when == "call" and report.failed and home is not None:
        report.sections.append(("the sample's server", home.said()))
    return report


Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="package")
def sample_home(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Home:
    filled = founded.once("sample", tmp_path_factory, sample.fill)
    return homes.copy(filled, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="package")
def site(sample_home: Home, browser: Browser) -> Iterator[str]:
    """The address of the sample publication."""
    with sample_home.served(**LIMITS) as url:
        sample.rest(sample_home)
        sample.settle(browser, url)
        yield url


@pytest.fixture(scope="package")
def browser(browser_path: str, django_db_setup: None) -> Iterator[Browser]:
    """One for all journeys. It ends with them, since its loop keeps others from the test database, made before it."""
    with sample.chromium(browser_path) as chromium:
        yield chromium


@pytest.fixture(scope="package")
def articles(browser: Browser, site: str) -> dict[str, str]:
    """Slug → path."""
    return sample.articles(browser, site)


@pytest.fixture
def open_window(browser: Browser, site: str) -> Open:
    """`with open_window(java_script_enabled=False) as page:`, addresses beginning at the sample's."""
    return partial(window.opened, browser, site)


@pytest.fixture
def page(open_window: Open) -> Iterator[Page]:
    with open_window() as page:
        yield page


@pytest.fixture
def sign_in_path(sample_home: Home) -> str:
    return sample.sign_in_path(sample_home)


@pytest.fixture(scope="package")
def staff_state(browser: Browser, site: str, sample_home: Home) -> StorageState:
    """What a browser keeps of the publisher's having come in by a link, and chosen a password."""
    with window.opened(browser, site) as page:
        page.goto(sample.sign_in_path(sample_home))
        page.get_by_label("Choose a password").fill("four gulls on a mooring post")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile("/newsroom/$"))
        return page.context.storage_state()


@pytest.fixture
def staff_page(open_window: Open, staff_state: StorageState) -> Iterator[Page]:
    """The publisher's."""
    with open_window(storage_state=staff_state) as page:
        yield page

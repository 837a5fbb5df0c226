"""Staff add a passkey and come back with nothing else, in a browser whose device is a virtual one."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.homes import Home
from tests.journeys import window
from tests.journeys.conftest import LIMITS

pytestmark = [pytest.mark.browser, pytest.mark.server]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


STRICT = {"BROADSHEET_SECOND_FACTOR": "always", "BROADSHEET_MAIL_URL": "smtp://127.0.0.1:9"}
"""Nobody publishes without a second factor, and letters are offered (nothing takes them in)."""


@pytest.fixture(scope="module")
def house(make_publication: Callable[[], Home]) -> Home:
    return make_publication()


@pytest.fixture(scope="module")
def door(house: Home) -> Iterator[str]:
    """Passkeys belong to a name, so the address has one: no 127.0.0.1."""
    with house.served(**LIMITS, **STRICT) as url:
        yield url.replace("127.0.0.1", "localhost")


@pytest.fixture
def link(house: Home) -> str:
    """What a publisher who lost every device has printed on the server."""
    printed = house.run("admit", "--forget-factors").stdout
    return re.findall(r"/newsroom/sign-in/\S+", printed)[0]


@contextmanager
def with_device(browser: Browser, url: str) -> Iterator[Page]:
    with window.opened(browser, url) as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield page


def test_a_passkey_is_added_and_signs_in_alone(browser: Browser, door: str, link: str):
    with with_device(browser, door) as page:
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Set one up").click()
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("What you call it").fill("My phone")
        page.get_by_role("button", name="Add a passkey").click()
        codes = page.get_by_role("listitem").filter(has_text=re.compile(r"^\d{8}$"))
        codes.first.wait_for()
        assert codes.count() == 10
        check(page)
        page.get_by_role("link", name="I have kept them").click()
        page.get_by_role("link", name="My phone").click()
        check(page)
        page.get_by_role("link", name="Back").click()
        check(page)

        page.get_by_role("button", name="Sign out everywhere, here too").click()
        page.wait_for_url("**/newsroom/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/newsroom/")
        assert page.get_by_role("link", name="Set one up").count() == 0

        page.goto("/newsroom/account/security/")
        page.get_by_role("button", name="Remove My phone").click()
        page.get_by_role("button", name="Use a passkey").wait_for()
        check(page)
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/newsroom/account/security/")
        page.get_by_role("button", name="Remove My phone").click()
        page.get_by_text("The passkey is removed.").wait_for()
        page.get_by_text("You sign in with one thing only").wait_for()
        check(page)


def test_the_doors_are_usable_by_everybody(browser: Browser, door: str, link: str):
    with window.opened(browser, door, viewport={"width": 320, "height": 700}) as page:
        page.goto("/newsroom/login/")
        check(page)
        page.goto(link)
        check(page)
        page.get_by_role("button", name="Sign in").click()
        for path in ("", "app/", "passkeys/", "password/"):
            page.goto(f"/newsroom/account/security/{path}")
            check(page)


def test_whoever_lacks_a_second_factor_or_waits_for_a_letter_is_not_shut_out(
    browser: Browser, door: str, link: str
):
    with window.opened(browser, door) as page:
        page.goto("/newsroom/login/")
        page.get_by_label("E-mail address, for a link and a code").fill("publisher@localhost")
        page.get_by_role("button", name="Send me a link and a code").click()
        page.get_by_label("The code in the letter").fill("0000 0000")
        check(page)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("This is not the code").wait_for()
        check(page)

        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        page.goto("/newsroom/snippets/articles/article/add/")
        page.locator("[name=headline]").fill("Not yet")
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name="Publish", exact=True).click()
        page.get_by_role("heading", name="Not yet: you need a second factor").wait_for()
        check(page)


def test_a_passkey_stands_behind_the_password_too(browser: Browser, door: str, link: str):
    with with_device(browser, door) as page:
        page.goto(link)
        page.get_by_label("Choose a password").fill("a-quay-in-the-morning")
        page.get_by_role("button", name="Sign in").click()
        page.goto("/newsroom/account/security/passkeys/")
        page.get_by_label("Your password").fill("a-quay-in-the-morning")
        page.get_by_role("button", name="Go on with the password").click()
        page.get_by_label("What you call it").fill("This computer")
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_role("link", name="I have kept them").click()
        page.get_by_role("button", name="Sign out everywhere, here too").click()

        page.locator("[name=username]").fill("publisher@localhost")
        page.get_by_label("Password").fill("a-quay-in-the-morning")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("button", name="Use a passkey").wait_for()
        check(page)
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/newsroom/")


def check(page: Page) -> None:
    """On light and on dark paper."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, (page.url, scheme, found.generate_report())
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"

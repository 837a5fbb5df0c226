"""From an address to an account with a passkey, a name and a public page, and away; nobody is shut out on the way."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, expect

from broadsheet.mail.tests.server import Post
from tests import homes
from tests.homes import Home
from tests.journeys.conftest import LIMITS
from tests.journeys.test_a_passkey_opens_the_door import with_device
from tests.journeys.test_everybody_can_read import COLOURS, EVERY_RULE, NARROWEST, WIDE, violations
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.only_on("sqlite")]

PAGES = (
    "",
    "comments/",
    "profile/",
    "security/",
    "security/app/",
    "security/password/",
    "address/",
    "leaving/",
)
"""Beneath `/account/`, for whoever is signed in."""


@pytest.fixture
def post() -> Iterator[tuple[Post, str]]:
    """The letters that come, and the option that has them sent there."""
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=homes.free_port(), ready_timeout=60)
    server.start()
    yield post, f"smtp://127.0.0.1:{server.port}"
    server.stop()


def code_in(post: Post) -> str:
    """What stands in the letter that came last."""
    assert eventually(lambda: bool(post.came))
    body = post.came[-1].get_body(("plain",))
    assert body is not None
    return re.findall(r"\b\d{4} \d{4}\b", body.get_content())[0]


def look(page: Page) -> None:
    """By every rule on the narrowest screen and dark paper; wide and light, the colours."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROWEST)
    assert violations(page, type="tag", values=EVERY_RULE) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    assert violations(page, type="rule", values=COLOURS) == [], page.url


def follow_what_is_open(page: Page) -> None:
    """From the page of a reader to one's own notices, and how often they come by mail."""
    page.goto(f"/follows/new{urlsplit(page.url).path}")
    look(page)
    page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("status")).to_contain_text("You are told of it from now on.")
    look(page)
    page.goto("/notices/")
    look(page)
    page.get_by_role("link", name="What you follow").click()
    often = page.get_by_role("combobox", name="Comments by readers whom I follow By mail")
    often.select_option("once a week")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("It is saved.")
    expect(often).to_have_value("weekly")
    look(page)


def test_a_reader_opens_an_account_returns_by_passkey_and_leaves(
    browser: Browser, publication: Home, post: tuple[Post, str]
):
    letters, mail_url = post
    with (
        publication.served(**LIMITS, BROADSHEET_MAIL_URL=mail_url) as url,
        with_device(browser, url.replace("127.0.0.1", "localhost")) as page,
    ):
        page.goto("/account/sign-in/")
        look(page)
        page.get_by_label("E-mail address (never shown)").first.fill("ragna@quay.example")
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("The code in the letter").fill(code_in(letters))
        look(page)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("The name you want to be known by here").fill("Ragna")
        look(page)
        page.get_by_role("button", name="Save").click()

        page.goto("/account/security/passkeys/")
        look(page)
        page.get_by_label("What you call it").fill("My phone")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
        look(page)
        page.get_by_role("link", name="I have kept them").click()
        page.get_by_role("button", name="Sign out everywhere, here too").click()
        page.goto("/account/sign-in/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/account/")

        page.goto("/account/profile/")
        page.get_by_label("About you").fill("I mend nets, and like *tides*.")
        page.get_by_label("Show my public page").check()
        page.get_by_role("button", name="Save").click()
        page.locator("main a[href^='/readers/']").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ragna")
        look(page)
        follow_what_is_open(page)
        page.goto("/account/name/")
        page.get_by_label("The name you want to be known by here").fill("Ragna of the Quay")
        page.get_by_role("button", name="Save").click()
        page.goto("/account/leaving/")
        expect(page.get_by_role("heading", name="Say again who you are")).to_be_visible()
        look(page)
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/account/leaving/")
        for path in PAGES:
            page.goto(f"/account/{path}")
            look(page)

        page.get_by_label("They stay").check()
        page.get_by_label("I am sure").check()
        page.get_by_role("button", name="Delete the account").click()
        expect(page.get_by_role("heading", name="The account is closed")).to_be_visible()
        look(page)
        page.goto("/account/")
        expect(page).to_have_url(re.compile("/account/sign-in/"))

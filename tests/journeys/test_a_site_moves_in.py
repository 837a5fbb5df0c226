"""A publisher brings a WordPress site over with one command; its readers find everything where they left it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from broadsheet.transfer.tests import wxr_writer as wxr
from tests.homes import Home
from tests.journeys import window

pytestmark = [pytest.mark.browser, pytest.mark.server]

OLD = "/2019/03/04/the-quay-wall/"
LONG = "/2019/03/04/the-long-argument/"
EXPORT = wxr.export(
    [
        wxr.post(
            1,
            title="The quay wall",
            content="It leans, but it has always leaned.",
            post_name="the-quay-wall",
            comments=[
                wxr.comment(11, text="It leans more than it did.", name="Alwin"),
                wxr.comment(12, text="You lean more than you did.", name="Birgit", parent=11),
                wxr.comment(13, text="Buy anchors here.", name="Mallory", approved="0"),
            ],
        ),
        wxr.post(
            2,
            title="The long argument",
            post_name="the-long-argument",
            comments=[wxr.comment(100 + number, text=f"Point {number}.") for number in range(1, 131)],
        ),
        wxr.page(3, title="About the Lamp", content="Six people and a kettle.", post_name="about-the-lamp"),
    ],
    head=[wxr.author("carol", 1, name="Carol Wharf")],
).replace("https://lamp.example/2019/03/04/about-the-lamp/", "https://lamp.example/about-the-lamp/")


@contextmanager
def moved_in(publication: Home) -> Iterator[str]:
    file = publication.path / "export.xml"
    file.write_text(EXPORT, encoding="utf-8")
    report = json.loads(publication.run("import", "wordpress", str(file), "--json").stdout)
    assert (report["articles"], report["pages"]) == (2, 1)
    assert (report["comments"]["published"], report["comments"]["held"]) == (132, 1)
    with publication.served() as url:
        yield url


def test_what_was_imported_is_read_and_old_links_lead_to_it(publication, browser):
    with moved_in(publication) as url, window.opened(browser, url) as page:
        page.goto("/")
        page.get_by_role("link", name="The quay wall").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The quay wall")
        expect(page.get_by_text("it has always leaned")).to_be_visible()
        answer = page.locator("article.comment", has_text="You lean more").last
        assert answer.locator("xpath=ancestor::article[contains(., 'It leans more')]").count() > 0
        expect(page.get_by_text("Buy anchors here")).to_have_count(0)

        page.goto("/about-the-lamp/")
        expect(page.get_by_text("Six people and a kettle")).to_be_visible()

        leads(page, "/?p=1", to=OLD, shows="it has always leaned")
        leads(page, f"{OLD}#comment-12", to=f"{OLD}#comment-12", shows="You lean more")
        leads(page, "/?p=1#comment-12", to=f"{OLD}#comment-12", shows="You lean more")
        # Its comment stands on a later page of the discussion, where a script finds it.
        leads(page, f"{LONG}#comment-225", to="/c/", shows="Point 125.")


def leads(page: Page, old: str, *, to: str, shows: str) -> None:
    page.goto("about:blank")
    page.goto(old)
    expect(page).to_have_url(re.compile(re.escape(to)))
    expect(page.get_by_text(shows).last).to_be_in_viewport()

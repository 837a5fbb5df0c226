"""A moderator reads a discussion, pins and picks a comment of it, and closes it; readers see what became of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.following import shows
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_moderator_pins_picks_and_closes_from_where_readers_are(staff_page, articles):
    page, article = staff_page, articles["honest-scales"]
    page.goto(article)
    comment = page.locator("#discussion article.comment[data-depth='0']").last
    name = comment.locator(".comment-author").first.inner_text()
    comment.get_by_role("link", name=re.compile(f"the comment by {re.escape(name)}")).first.click()
    page.get_by_role("button", name="Pin").click()
    page.get_by_role("button", name="Pick").click()
    expect(page.get_by_role("button", name="Unpick")).to_be_visible()
    assert eventually(shows(page, article, "Editors’ pick"))
    page.goto(article)
    expect(page.locator("#discussion .comment-author").first).to_have_text(name)

    assert eventually(shows(page, "/comments/picks/", name))
    page.goto("/comments/picks/")
    expect(page.locator("#discussion .comment-author").filter(has_text=name).first).to_be_visible()

    page.goto(article)
    page.get_by_role("link", name="Newsroom").first.click()
    page.get_by_role("link", name="Rules of this discussion").click()
    page.get_by_text("Close the discussion …").click()
    page.get_by_label("Reason (readers see it where the form stood)").fill("the fog is gone")
    page.get_by_role("button", name="Close it now").click()
    assert eventually(shows(page, article, "the fog is gone"))
    page.goto(article)
    expect(page.locator("#say")).to_have_count(0)

    page.get_by_role("link", name="Newsroom").first.click()
    page.get_by_role("link", name="Rules of this discussion").click()
    page.get_by_role("button", name="Open the discussion again").click()
    page.get_by_label("Slow mode").select_option(label="One comment every 2 minutes")
    page.get_by_role("button", name="Save").click()
    assert eventually(shows(page, article, "one comment every 2 minutes"))

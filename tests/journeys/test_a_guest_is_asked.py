"""Without JavaScript a guest chooses in a poll, answers about a passage, and reads what the editor answered."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.following import shows
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_guest_answers_all_that_a_page_asks(open_window, articles):
    article = articles["how-we-set-a-page"]
    with open_window(java_script_enabled=False) as page:
        page.goto(article)
        poll = page.get_by_role("region", name="Poll")
        expect(poll.get_by_text("31 voices, 31 %")).to_be_visible()
        poll.get_by_role("radio", name="This year").check()
        poll.get_by_role("button", name="Choose", exact=True).click()
        expect(page.get_by_role("status").get_by_role("listitem")).to_have_text("This year")
        assert eventually(shows(page, article, "32 voices, 31 %"))

        page.goto(article)
        page.get_by_role("link", name=re.compile("3 comments on this passage")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Which one would you have left out of this page?"
        )
        page.get_by_role("textbox", name="Your comment").fill("The one about the sea.")
        page.get_by_role("textbox", name="Name").fill("Ottilie")
        page.get_by_role("button", name="Post").click()
        page.get_by_role("link", name="See it in the discussion").click()
        expect(page.locator("article.chosen .of-passage")).to_contain_text("nobody would miss")
        assert eventually(shows(page, article, "4 comments on this passage"))

        page.goto(article)
        page.get_by_role("link", name="1 question answered").click()
        expect(page.locator("article.comment").first).to_contain_text("Answered")
        expect(page.locator("article.comment").nth(1)).to_contain_text("Please. Count them at the door")

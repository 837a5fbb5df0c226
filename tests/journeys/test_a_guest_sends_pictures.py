"""Pictures come with a comment, with JavaScript and without: described, held, published, shown, and gone again."""

import pytest
from playwright.sync_api import expect

from broadsheet.discussion.tests.pictures import photograph
from tests.journeys.following import shows
from tests.journeys.test_everybody_can_read import EVERY_RULE, NARROWEST, violations
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]


def chosen(name, *size):
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": photograph(*size)}


def attach(page, number, file, alt=""):
    slot = page.get_by_role("group", name=f"Picture {number}")
    slot.locator("input[type=file]").set_input_files(file)
    slot.get_by_label("What it shows").fill(alt)


def say(page, name, text):
    page.get_by_role("textbox", name="Your comment").fill(text)
    page.get_by_role("textbox", name="Name").fill(name)


def withdraw(page):
    page.get_by_text("Withdraw it", exact=True).click()
    page.get_by_role("button", name="Withdraw it for good").click()
    expect(page.get_by_role("status")).to_contain_text("You withdrew this comment")


def test_a_picture_is_described_held_released_shown_and_withdrawn(open_window, staff_page, articles):
    article = articles["tide-tables"]
    with open_window(java_script_enabled=False, viewport=NARROWEST) as guest:
        guest.goto(article)
        guest.get_by_text("Add pictures").click()
        attach(guest, 1, chosen("quay", 900, 600))
        attach(guest, 2, chosen("mast", 60, 1500), "A mast")
        say(guest, "Signe", "So it stood at noon.")
        guest.get_by_role("button", name="Post").click()
        expect(guest.locator("#picture1-error")).to_contain_text("Say what the picture shows")
        slots = guest.locator(".slot img")
        assert eventually(
            lambda: slots.evaluate_all("all => all.filter(each => each.naturalWidth).length") == 2
        )
        guest.get_by_role("group", name="Picture 1").get_by_label("What it shows").fill("The quay at noon")
        guest.get_by_role("button", name="Post").click()
        expect(guest.get_by_role("status")).to_contain_text("waits for a moderator: it comes with a picture")
        expect(guest.get_by_role("img", name="The quay at noon").first).to_be_visible()
        receipt = guest.url
    assert not shows_picture(open_window, article)

    staff_page.goto("/newsroom/comments/")
    waiting = staff_page.locator("article", has_text="So it stood at noon")
    expect(waiting.get_by_role("img", name="The quay at noon")).to_be_visible()
    waiting.get_by_role("button", name="Publish").click()
    assert eventually(shows(staff_page, article, "The quay at noon"))

    with open_window(viewport=NARROWEST) as page:
        page.goto(article)
        comment = page.locator("article.comment", has_text="So it stood at noon").last
        comment.get_by_role("img", name="A mast").scroll_into_view_if_needed()
        images = comment.locator("img")
        assert eventually(
            lambda: images.evaluate_all("all => all.filter(each => each.naturalWidth).length") == 2
        )
        page.get_by_text("Add pictures").click()
        assert violations(page, "#discussion", type="tag", values=EVERY_RULE) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        attach(page, 1, chosen("rope", 80, 80), "A rope")
        say(page, "Signe", "And this held it.")
        page.get_by_role("button", name="Post").click()
        expect(page.get_by_role("img", name="A rope").first).to_be_visible()
        page.get_by_text("Change it").click()
        assert violations(page, type="tag", values=EVERY_RULE) == []

        withdraw(page)
        page.goto(receipt)
        withdraw(page)
    assert eventually(lambda: not shows_picture(open_window, article))


def shows_picture(open_window, article):
    with open_window() as page:
        return "The quay at noon" in page.request.get(article).text()

"""An editor writes, publishes, and decides about comments."""

import os
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.following import shows
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]


def picture():
    out = BytesIO()
    Image.frombytes("RGB", (6, 4), os.urandom(72)).resize((1200, 800)).save(out, "JPEG")
    return {"name": "sky.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def insert_block(page, kind):
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()


def say(page, text):
    """A paragraph of the body."""
    insert_block(page, "Paragraph")
    paragraph = page.locator("#panel-child-story-body-section [role=textbox]").last
    expect(paragraph).to_be_editable()
    paragraph.click()
    page.keyboard.type(text)
    # The editor writes what was typed into the form a moment later.
    expect(page.locator("input[name^='body-'][name$='-value']").last).to_have_value(
        re.compile(re.escape(text))
    )


def upload(page, inside):
    """Choose a new picture in Wagtail's dialogue."""
    inside.get_by_role("button", name="Choose an image").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_role("tab", name="Upload").click()
    dialogue.locator("input[type=file]").set_input_files(picture())
    dialogue.get_by_role("textbox", name="Title").fill("The sky over the basin")
    dialogue.get_by_role("button", name="Upload").click()
    expect(inside.get_by_text("The sky over the basin")).to_be_visible()


def write(page, headline):
    """Everything an article has, as an editor fills it in."""
    page.goto("/newsroom/")
    page.get_by_role("link", name="Write an article").click()
    page.locator("[name=headline]").fill(headline)
    page.locator("[name=standfirst]").fill("Nobody was told, and everybody came.")
    say(page, "The basin was full by six in the morning, of boats and of opinions.")
    insert_block(page, "Image")
    block = page.locator("[data-streamfield-child]").last
    upload(page, block)
    block.get_by_label("Description for those who cannot see it").fill("The basin in the morning")
    page.get_by_role("tab", name="Filing and dates").click()
    page.get_by_role("button", name="Add Byline").click()
    page.get_by_role("button", name="Choose person").click()
    page.get_by_role("dialog").get_by_role("link", name="Jory Pellam").click()
    page.locator("[name=section]").select_option(label="Harbour")


def publish(page, how, then):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=how, exact=True).click()
    expect(page.locator(".messages")).to_contain_text(then)


def test_an_editor_writes_an_article_looks_at_it_and_publishes_it(staff_page):
    page = staff_page
    write(page, "The basin is full")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_role("heading", name="The basin is full")).to_be_visible()
    expect(preview.get_by_text("of boats and of opinions")).to_be_visible()
    publish(page, "Publish", "published")
    assert eventually(shows(page, "/", "The basin is full"))
    page.goto("/")
    page.get_by_role("link", name="The basin is full").first.click()
    expect(page).to_have_url(re.compile(r"/\d{4}/\d\d/\d\d/the-basin-is-full/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("The basin is full")
    expect(page.locator(".standfirst")).to_have_text("Nobody was told, and everybody came.")
    expect(page.locator(".byline")).to_have_text("By Jory Pellam")
    expect(page.locator(".kicker")).to_have_text("Harbour")
    expect(page.get_by_role("img", name="The basin in the morning")).to_be_visible()


def test_an_editor_schedules_an_article_for_tomorrow(staff_page):
    page = staff_page
    page.goto("/newsroom/snippets/articles/article/add/")
    page.locator("[name=headline]").fill("What tomorrow brings")
    say(page, "Rain, and the ferry.")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    page.get_by_label("Go live date/time").fill(f"{tomorrow:%Y-%m-%d %H:%M}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save schedule")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Once scheduled")).to_be_visible()
    publish(page, "Schedule to publish", "scheduled for publishing")
    page.goto("/newsroom/")
    expect(page.locator("#scheduled-section")).to_contain_text("What tomorrow brings")
    assert "What tomorrow brings" not in page.request.get("/").text()


def test_an_editor_lets_a_comment_through_and_takes_another_away(staff_page, articles):
    page, article = staff_page, articles["nine-days-of-fog"]
    said = {"name": "Dagny", "text": "There is a map of the fog at https://fog.example/map, hour by hour."}
    page.request.post(f"{article}comments/", form=said)

    page.goto("/newsroom/")
    page.get_by_role("link", name="waiting for a moderator").click()
    waiting = page.get_by_role("article").filter(has_text="There is a map of the fog")
    expect(waiting).to_contain_text("Held: it contains a link")
    waiting.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The comment by Dagny is published.")).to_be_visible()
    assert eventually(shows(page, article, "There is a map of the fog"))

    page.get_by_role("link", name="Published lately").click()
    published = page.get_by_role("article").filter(has_text="There is a map of the fog")
    published.get_by_text("Remove …").click()
    published.get_by_label("Reason (readers see it").fill("an advertisement")
    published.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The comment by Dagny is removed.")).to_be_visible()
    assert eventually(lambda: not shows(page, article, "There is a map of the fog")())

"""An editor fills the body of an article: writes notes, pastes from elsewhere, and closes the tab too early."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from broadsheet.kit.tidying import tidy
from tests.journeys.test_an_editor_publishes import insert_block, say

pytestmark = [pytest.mark.browser, pytest.mark.server]

CLIPBOARD = Path(__file__).parent / "clipboard"
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "only words");
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def article(staff_page):
    """The form of a new article."""
    staff_page.goto("/newsroom/snippets/articles/article/add/")
    return staff_page


def body(page, number=-1):
    """What the form would send of a text block."""
    return json.loads(page.locator("input[name^='body-'][name$='-value']").nth(number).input_value())


def told(page):
    """The blocks of the last text: kind, depth, words, and what in them is bold."""
    return [
        (
            block["type"],
            block["depth"],
            tidy(block["text"]),
            [
                block["text"][style["offset"] :][: style["length"]]
                for style in block["inlineStyleRanges"]
                if style["style"] == "BOLD"
            ],
        )
        for block in body(page)["blocks"]
    ]


LAMPS = [
    ("header-two", 0, "The lamp inspector", []),
    ("unstyled", 0, "She came on Tuesday with two ladders and a register.", ["Tuesday"]),
    ("header-two", 0, "What she brought", []),
    ("unordered-list-item", 0, "a brass lamp", ["brass"]),
    ("unordered-list-item", 1, "with its wick", []),
    ("unordered-list-item", 0, "a ladder", []),
    ("unstyled", 0, "And in this order:", []),
    ("ordered-list-item", 0, "up", []),
    ("ordered-list-item", 0, "down", []),
]
TABLE = [
    ("unstyled", 0, "Lamps", []),
    ("unstyled", 0, "Lamp | Flashes", []),
    ("unstyled", 0, "Gannet Head | 3", []),
]


def test_what_is_pasted_keeps_its_structure_and_loses_its_mess_wherever_it_came_from(article):
    page = article
    for kind, expected in {"word": LAMPS, "docs": LAMPS, "web": [*LAMPS, *TABLE]}.items():
        insert_block(page, "Paragraph")
        text = page.locator("#panel-child-story-body-section [role=textbox]").last
        expect(text).to_be_editable()
        text.click()
        page.evaluate(PASTE, (CLIPBOARD / f"{kind}.html").read_text(encoding="utf-8"))
        expect(text).to_contain_text("And in this order")
        expect(page.locator("input[name^='body-'][name$='-value']").last).to_have_value(re.compile("down"))
        assert told(page) == expected, kind
        links = [entity["data"]["url"] for entity in body(page)["entityMap"].values()]
        assert len(links) == 1
        assert "lamps.example/register" in links[0]


def test_what_is_copied_from_the_editor_itself_is_pasted_as_it_was(article):
    page = article
    say(page, "Seven gulls")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+B")
    page.keyboard.press("Control+C")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+V")
    expect(page.locator("input[name^='body-'][name$='-value']").last).to_have_value(
        re.compile("Seven gullsSeven gulls")
    )
    assert told(page)[0][3] == ["Seven gullsSeven gulls"]


def write_note(page, words):
    page.keyboard.type(" /footnote")
    page.get_by_role("option", name="Footnote").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Footnote").fill(words)
    page.get_by_role("button", name="Keep").click()


def test_a_footnote_is_written_changed_and_taken_away_and_a_closed_tab_loses_nothing(article):
    page = article
    page.locator("[name=headline]").fill("The clock on the weighhouse")
    say(page, "It is four minutes slow.")
    write_note(page, "By the *harbour clock*.")
    say(page, "It was so in spring.")
    write_note(page, "By the almanac.")
    page.locator(".footnote-mark").first.click()
    expect(page.get_by_role("textbox", name="Footnote")).to_have_value("By the *harbour clock*.")
    page.get_by_role("textbox", name="Footnote").fill("By the *tower clock*.")
    page.get_by_role("button", name="Keep").click()

    # Nobody presses a button: the draft saves itself, and says so.
    expect(page).to_have_url(re.compile(r"/article/edit/\d+/"))
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    last = page.locator("input[name^='body-'][name$='-value']").last
    expect(last).to_have_value(re.compile("almanac"))
    with page.expect_response(
        lambda answer: "/article/edit/" in answer.url and "Nobody minds." in (answer.request.post_data or "")
    ):
        page.locator("[name=standfirst]").fill("Nobody minds.")
    address, other = page.url, page.context.new_page()
    page.close()
    other.goto(address)
    expect(other.locator("[name=headline]")).to_have_value("The clock on the weighhouse")
    expect(other.locator("[name=standfirst]")).to_have_value("Nobody minds.")
    expect(other.locator(".footnote-mark")).to_have_count(2)
    expect(other.locator(".footnote-mark").first).to_have_attribute("title", "By the *tower clock*.")

    other.locator(".footnote-mark").last.click()
    other.get_by_role("button", name="Remove").click()
    expect(other.locator(".footnote-mark")).to_have_count(1)
    expect(other.locator("input[name^='body-'][name$='-value']").last).not_to_have_value(
        re.compile("almanac")
    )
    other.get_by_role("button", name="Toggle preview").click()
    preview = other.frame_locator("#w-preview-iframe")
    expect(preview.locator(".notes li")).to_have_count(1)
    expect(preview.locator(".notes em")).to_have_text("tower clock")

"""Somebody who has no mouse writes, publishes and comments; two editors have one article open at the same time."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.following import shows
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]

ARTICLES = "/newsroom/snippets/articles/article/"
SHORT_OF = "Tab did not reach {} in {} steps at {}"
STEPS = 80
"""Presses of Tab that anything in the newsroom may be away."""
WATCHED = """() => {
    const form = document.querySelector("form[data-controller~='w-unsaved']")
    return window.wagtail.app.getControllerForElementAndIdentifier(form, "w-unsaved").initialFormData !== undefined
}"""
"""Wagtail's editor looks at its form two seconds after it opened; only what changes after that is an edit."""


def tab_to(page, wanted):
    """Press Tab until this has the focus."""
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(SHORT_OF.format(wanted, STEPS, page.url))


def press(page, wanted):
    """Tab to a link or button, and press Enter."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def type_into(page, wanted, text):
    tab_to(page, wanted)
    page.keyboard.type(text)


def write_paragraph(page, text):
    """Find the block by its name among all there are, and type into it where the focus lands."""
    press(page, page.get_by_role("button", name="Insert a block"))
    type_into(page, page.get_by_placeholder("Search options…"), "Paragraph")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Paragraph")).to_be_focused()
    page.keyboard.type(text)
    # The editor writes what was typed into the form a moment later.
    expect(page.locator("input[name^='body-'][name$='-value']")).to_have_value(re.compile(re.escape(text)))


def test_somebody_without_a_mouse_signs_in_writes_publishes_and_comments(page, sign_in_path):
    page.goto(sign_in_path)
    press(page, page.get_by_role("button", name="Sign in"))
    expect(page).to_have_url(re.compile("/newsroom/$"))

    press(page, page.get_by_role("link", name="Write an article"))
    expect(page).to_have_url(re.compile(f"{ARTICLES}add/$"))
    type_into(page, page.locator("[name=headline]"), "Hands on the keys")
    type_into(page, page.locator("[name=standfirst]"), "No mouse was harmed.")
    write_paragraph(page, "Ten fingers are enough.")
    press(page, page.get_by_role("button", name="More actions"))
    press(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.locator(".messages")).to_contain_text("published")
    assert eventually(shows(page, "/", "Hands on the keys"))

    page.goto("/")
    press(page, page.get_by_role("link", name="Hands on the keys").first)
    expect(page).to_have_url(re.compile(r"/\d{4}/\d\d/\d\d/hands-on-the-keys/$"))
    article = page.url
    expect(page.locator(".body")).to_contain_text("Ten fingers are enough.")
    type_into(page, page.get_by_role("textbox", name="Your comment"), "Both of them, in fact.")
    press(page, page.get_by_role("button", name="Post"))
    expect(page.get_by_role("status")).to_contain_text("Your comment is published.")
    assert eventually(shows(page, article, "Both of them, in fact."))


def invite(page, name):
    """Make an editor's account; gives the path of the link that signs them in."""
    page.goto("/newsroom/users/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(f"{name.lower()}@example.org")
    page.get_by_label("Editors").check()
    page.get_by_role("button", name="Create").click()
    told = page.locator(".messages").get_by_text("/newsroom/sign-in/").inner_text()
    return re.findall(r"/newsroom/sign-in/\S+", told)[0]


def begin(page, headline):
    """Save a draft; gives its screen's address."""
    page.goto(f"{ARTICLES}add/")
    page.locator("[name=headline]").fill(headline)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("created")
    return page.url


def write(page, text):
    page.wait_for_function(WATCHED)
    page.locator("[name=standfirst]").fill(text)
    page.keyboard.press("Tab")


def test_an_editor_who_would_save_over_a_colleague_is_told_and_neither_text_is_lost(open_window, staff_page):
    page = staff_page
    link = invite(page, "Ingrid")
    editing = begin(page, "Two pens")
    with open_window() as other:
        other.goto(link)
        other.get_by_role("button", name="Sign in").click()
        expect(other).to_have_url(re.compile("/newsroom/$"))
        other.goto(editing)
        with page.expect_response(
            lambda answer: answer.url == editing and "the first of them" in (answer.request.post_data or "")
        ):
            write(page, "What the first of them wrote.")
        write(other, "What the second of them wrote.")
        expect(other.locator("#w-autosave-indicator")).to_contain_text("Autosave is paused")
        told = other.get_by_role("button", name="Publisher saved a new version")
        expect(told).to_be_visible()
        other.get_by_role("button", name="Save draft").click()
        warning = other.get_by_role("dialog", name="saved a new version")
        expect(warning).to_contain_text("will overwrite the changes made by Publisher")
        warning.get_by_role("button", name="Save draft").click()
        expect(other.locator(".messages")).to_contain_text("updated")

        history = other.request.get(editing.replace("/edit/", "/history/")).text()
        other.goto(re.findall(r'href="([^"]*/compare/[^"]*)"', history)[0])
        changed = other.locator("main")
        expect(changed).to_contain_text("What the first")
        expect(changed).to_contain_text("second")

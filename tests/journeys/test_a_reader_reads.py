"""A reader reads: front page, section, article, discussion, a single comment, and back. By keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.following import enter, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_reader_goes_through_the_paper_by_keyboard_alone(page, articles):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "skipping did not skip"

    page.goto("/")
    tab_to(page, "Readers")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Readers")
    tab_to(page, "The Seven O’Clock Count")
    enter(page)
    expect(page).to_have_url(re.compile(re.escape(articles["seven-oclock-count"])))
    expect(page.get_by_role("heading", name="1,000 comments")).to_be_visible()

    tab_to(page, "Next")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Discussion, page 2")
    first = page.locator("#discussion article.comment").first
    author, moment = first.locator(".comment-author").inner_text(), first.locator(".moment").inner_text()
    tab_to(page, moment)
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"A comment by {author}")
    assert page.locator("article.chosen .comment-text").inner_text()

    tab_to(page, "The whole discussion")
    enter(page)
    expect(page.get_by_role("heading", name="1,000 comments")).to_be_in_viewport()


def test_a_page_is_whole_without_javascript(open_window, articles):
    with open_window(java_script_enabled=False) as page:
        page.goto(articles["the-ferry-will-not-wait"])
        shown = page.locator("#discussion article.comment:not(.removed)").count()
        assert shown > 50
        expect(page.locator("#discussion-title")).to_have_text(f"{shown} comments")
        expect(page.get_by_role("textbox", name="Your comment")).to_be_visible()
        expect(page.get_by_label("Leave this empty")).to_have_count(1)
        expect(page.get_by_role("textbox", name="Leave this empty")).to_have_count(0)


def test_on_paper_there_is_nothing_to_fill_in_or_to_click(page, articles):
    page.goto(articles["tide-tables"])
    page.emulate_media(media="print")
    expect(page.locator(".comment-text").first).to_be_visible()
    for furniture in ("form.say", ".deeds", "nav", ".skip"):
        assert [each for each in page.locator(furniture).all() if each.is_visible()] == [], furniture


def test_nothing_moves_for_readers_who_asked_for_stillness(page, articles):
    page.goto(articles["tide-tables"])
    moving = """() => [document.documentElement, ...document.querySelectorAll("*")].filter(each => {
        const style = getComputedStyle(each);
        return style.scrollBehavior === "smooth" || style.animationName !== "none" ||
            parseFloat(style.transitionDuration) > 0;
    }).length"""
    assert page.evaluate(moving) == 0

"""A reader looks for something: by keyboard, with and without JavaScript, on a telephone, and in vain."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.following import enter, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.server]

FURTHEST = 60
"""Presses of Tab to a field of the form."""


def tab_to_field(page: Page, name: str) -> None:
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab never reached the field {name!r} at {page.url}")


def until_found(page: Page, path: str) -> None:
    """The index follows the sample within seconds of its first start."""
    for _ in range(120):
        page.goto(path)
        if page.locator(".hit").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"nothing was ever found at {path}")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without"])
def test_a_reader_finds_an_article_and_narrows_the_search_by_keyboard_alone(open_window, scripts):
    with open_window(java_script_enabled=scripts) as page:
        until_found(page, "/search/?q=ferry")
        page.goto("/search/")
        tab_to_field(page, "q")
        page.keyboard.type("ferries tide")
        enter(page)
        expect(page).to_have_url(re.compile(r"/search/\?q=ferries\+tide"))
        expect(page.get_by_role("searchbox")).to_have_value("ferries tide")
        assert {mark.lower() for mark in page.locator(".hit mark").all_inner_texts()} >= {"ferry", "tide"}

        everywhere = page.locator(".hit").count()
        tab_to(page, "Narrow it")
        page.keyboard.press("Enter")
        tab_to_field(page, "section")
        page.keyboard.type("Harbour")
        tab_to_field(page, "by")
        enter(page)
        expect(page.get_by_label("Section", exact=True)).to_have_value("harbour")
        expect(page.get_by_label("Written by")).to_be_visible()
        assert set(page.locator(".hit .kicker").all_inner_texts()) == {"Harbour"}
        assert 0 < page.locator(".hit").count() < everywhere

        hit = page.locator(".hit h3 a").first.inner_text()
        tab_to(page, hit)
        enter(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(hit)


def test_who_finds_nothing_is_told_so_and_keeps_what_was_typed(page):
    page.goto("/search/?q=zeppelin&section=harbour")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    expect(page.get_by_text("Try fewer filters, or other words.")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("zeppelin")
    page.goto("/search/?q=-tide")
    expect(page.get_by_role("alert")).to_contain_text("Say what to look for")
    expect(page.get_by_role("searchbox")).to_have_value("-tide")


def test_comments_are_found_and_lead_into_their_thread(page):
    until_found(page, "/search/?q=ferry&kind=comments")
    expect(page.get_by_label("Comments", exact=True)).to_be_checked()
    page.locator(".hit h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A comment by")


def test_on_a_telephone_nothing_of_the_search_lies_beyond_the_edge(open_window):
    with open_window(viewport={"width": 320, "height": 640}) as page:
        until_found(page, "/search/?q=tide&order=newest")
        expect(page.get_by_label("Order")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        for control in page.locator(
            "form.search input:visible, form.search select:visible, form.search button"
        ).all():
            box = control.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320

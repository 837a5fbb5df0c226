"""A reader chooses the paper and the size of text; the browser alone remembers, and nothing moves under the eyes."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

NOTE_THE_FIRST_PAPER = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.firstPaper = document.documentElement.dataset.paper;
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
"""Before anything of the body is there, hence before anything can be painted."""
NOTE_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts.push(shift.value);
}).observe({ type: "layout-shift", buffered: true });
"""
KEPT_CHOICES = """
[...document.querySelectorAll(".choices input")].filter((choice) => localStorage.getItem(choice.name) !== null)
"""
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def test_the_chosen_paper_is_there_before_the_page_is(page, articles):
    page.add_init_script(NOTE_THE_FIRST_PAPER)
    page.goto(articles["tide-tables"])
    as_the_device = page.evaluate(BACKGROUND)
    page.locator(".choices summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Sepia").focus()
    page.keyboard.press("Space")
    sepia = page.evaluate(BACKGROUND)
    assert sepia != as_the_device
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="Sepia")).to_be_hidden()

    page.goto("/")
    assert page.evaluate("window.firstPaper") == "sepia"
    assert page.evaluate(BACKGROUND) == sepia
    page.get_by_text("Aa", exact=True).click()
    expect(page.get_by_role("radio", name="Sepia")).to_be_checked()
    page.get_by_role("radio", name="As the device").check()
    assert page.evaluate(BACKGROUND) == as_the_device
    assert page.evaluate(KEPT_CHOICES) == []
    assert page.context.cookies() == []


def test_the_size_of_text_stays_chosen(page, articles):
    page.goto(articles["tide-tables"])
    size = "parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"
    usual = page.evaluate(size)
    page.get_by_text("Aa", exact=True).click()
    page.get_by_role("radio", name="Largest").check()
    assert page.evaluate(size) == pytest.approx(1.5 * usual)
    page.reload()
    assert page.evaluate(size) == pytest.approx(1.5 * usual)


def test_the_discussion_is_left_out_of_print_where_the_reader_says_so(page, articles):
    page.goto(articles["tide-tables"])
    page.emulate_media(media="print")
    expect(page.locator("#discussion .conversations")).to_be_visible()
    expect(page.locator(".strip")).to_be_hidden()
    expect(page.locator(".printed")).to_contain_text(articles["tide-tables"])
    page.emulate_media(media="screen")
    page.get_by_text("Aa", exact=True).click()
    page.get_by_role("checkbox", name="Leave out the discussion").check()
    page.emulate_media(media="print")
    expect(page.locator("#discussion")).to_be_hidden()
    expect(page.locator(".body")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_shifts_while_an_article_loads_and_is_read(width, page, articles):
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(NOTE_SHIFTS)
    page.goto(articles["tide-tables"], wait_until="networkidle")
    page.evaluate("document.querySelector('#discussion').scrollIntoView()")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") == []


def test_without_javascript_nothing_is_offered_that_could_not_be_kept(open_window, articles):
    with open_window(java_script_enabled=False) as page:
        page.goto(articles["tide-tables"])
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("Aa", exact=True)).to_be_hidden()

"""What a reader does with a keyboard, and looking at what a public page says."""

from collections.abc import Callable

from playwright.sync_api import Page

FURTHEST = 400
"""Presses of Tab; a thread of 100 comments has two links in each."""
FOCUSED = """() => {
    const focused = document.activeElement;
    const style = getComputedStyle(focused);
    return [focused.textContent.trim() || focused.value || "", style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the link or button with these words has the focus, which must be seen to be there."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        text, style, width = page.evaluate(FOCUSED)
        if words in text:
            assert style != "none" and width >= 2, f"the focus on {words!r} cannot be seen"
            return
    raise AssertionError(f"Tab never reached {words!r} at {page.url}")


def enter(page: Page) -> None:
    """Follow the link that has the focus to where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def shows(page: Page, path: str, words: str) -> Callable[[], bool]:
    """The question whether a public page shows these words, as its bytes say."""
    return lambda: words in page.request.get(path).text()

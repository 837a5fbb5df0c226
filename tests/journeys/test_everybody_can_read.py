"""Every kind of page, in light and dark, wide and narrow: no accessibility violation, nothing to scroll sideways for."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.server]

AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
PAGES = {
    "the front page": "/",
    "a section": "/section/harbour/",
    "a byline": "/by/jory-pellam/",
    "the archive": "/archive/",
    "a standing page": "/house-rules/",
    "an article without comments": "{dredging-in-the-inner-basin}",
    "an article with 27 comments": "{tide-tables}",
    "an article with 60 comments": "{the-ferry-will-not-wait}",
    "an article with 1,000 comments": "{seven-oclock-count}",
    "a closed discussion": "{name-the-tug}",
    "a numbered page": "{seven-oclock-count}comments/oldest/2/",
    "the newest comments of a thread": "{seven-oclock-count}comments/newest/1/",
    "a comment in its context": "{the-ferry-will-not-wait}c/20/",
    "a branch": "{the-ferry-will-not-wait}c/20/replies/1/",
    "the newest comments": "/comments/",
    "a page that is not there": "/nothing-here/",
    "the newsroom's door": "/newsroom/login/",
}


def violations(page, **options):
    found = AXE.run(page, options=RULES | options).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in found
        for node in violation["nodes"][:3]
    ]


def problems(page):
    """What is wrong with the page that is open, in both colour schemes and at both widths."""
    found = {}
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[size["width"], scheme] = violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {where: what for where, what in found.items() if what} | ({"320 px": over} if over > 0 else {})


@pytest.mark.parametrize("kind", PAGES)
def test_nobody_is_shut_out_of(kind, page, articles):
    page.goto(PAGES[kind].format_map(articles))
    assert problems(page) == {}

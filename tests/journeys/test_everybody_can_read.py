"""Every kind of page, light and dark, wide and narrow: no accessibility violation, nothing to scroll sideways for."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

AXE = Axe()
LOOK = "([within, options]) => axe.run(within ?? document, options).then(found => found.violations)"
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answers the colour scheme changes."""
WIDE, NARROW, NARROWEST = [ViewportSize(width=width, height=800) for width in (1280, 360, 320)]
PAGES = {
    "the front page": "/",
    "a section": "/section/harbour/",
    "a tag": "/tag/windows/",
    "a byline": "/by/jory-pellam/",
    "the people": "/by/",
    "the corrections": "/corrections/",
    "the versions of an article": "{tide-tables}history/",
    "what changed in an article": "{tide-tables}history/2/",
    "an earlier version": "{tide-tables}history/1/text/",
    "the archive": "/archive/",
    "a year": "/archive/{year}/",
    "a month": "/archive/{year}/{month}/",
    "a standing page": "/house-rules/",
    "an article without comments": "{dredging-in-the-inner-basin}",
    "an article with 27 comments": "{tide-tables}",
    "an article with 60 comments": "{the-ferry-will-not-wait}",
    "an article with 1,000 comments": "{seven-oclock-count}",
    "a closed discussion": "{name-the-tug}",
    "a numbered page": "{seven-oclock-count}comments/oldest/2/",
    "newest first": "{seven-oclock-count}comments/newest/1/",
    "the best comments": "{seven-oclock-count}comments/best/",
    "a transcript": "{the-ferry-will-not-wait}transcript.html",
    "a comment in its context": "{the-ferry-will-not-wait}c/20/",
    "a comment in a frame": "{the-ferry-will-not-wait}c/20/embed/",
    "a branch": "{the-ferry-will-not-wait}c/20/replies/1/",
    "a poll, a passage that is asked about, question time": "{how-we-set-a-page}",
    "a passage and its comments": "{how-we-set-a-page}passages/1/",
    "questions that wait": "{how-we-set-a-page}questions/waiting/",
    "a poll by itself": "{how-we-set-a-page}polls/1/",
    "the newest comments": "/comments/",
    "the search": "/search/",
    "what was found": "/search/?q=tide",
    "comments that were found": "/search/?q=tide&kind=comments&order=newest",
    "a question that cannot be answered": "/search/?q=-tide",
    "a page that is not there": "/nothing-here/",
    "the newsroom's door": "/newsroom/login/",
}
_ARTICLE, _STANDING = "/newsroom/snippets/articles/article/", "/newsroom/snippets/articles/standingpage/"
_SECURITY = "/newsroom/account/security/"
NEWSROOM = {
    "the desk": "/newsroom/",
    "the articles": _ARTICLE,
    "articles that were searched for": f"{_ARTICLE}?q=tide",
    "a new article": f"{_ARTICLE}add/",
    "the editor": f"{_ARTICLE}edit/4/",
    "the notes beside an article": f"{_ARTICLE}notes/4/",
    "an article's history": f"{_ARTICLE}history/4/",
    "a copy": f"{_ARTICLE}copy/4/",
    "a withdrawal": f"{_ARTICLE}unpublish/4/",
    "corrections and versions": "/newsroom/articles/4/corrections/",
    "the withdrawal of a correction": "/newsroom/corrections/1/withdrawal/",
    "the seal of a version": "/newsroom/versions/1/seal/",
    "the comments that wait": "/newsroom/comments/",
    "the comments published lately": "/newsroom/comments/published/",
    "the comments that were removed": "/newsroom/comments/removed/",
    "one comment, what is decided of it, and its conversation": "/newsroom/comments/7/",
    "the rules of discussions": "/newsroom/discussion/rules/",
    "the rules of a section's discussions": "/newsroom/discussion/rules/sections/1/",
    "the rules of one discussion": "/newsroom/discussion/rules/articles/4/",
    "what readers are asked": "/newsroom/articles/4/asking/",
    "question time, a poll and a passage": "/newsroom/articles/15/asking/",
    "the questions that wait": "/newsroom/questions/",
    "the people": "/newsroom/snippets/masthead/person/",
    "a person": "/newsroom/snippets/masthead/person/edit/1/",
    "a section": "/newsroom/snippets/articles/section/edit/1/",
    "the standing pages": _STANDING,
    "a standing page": f"{_STANDING}edit/1/",
    "the withdrawal of a standing page": f"{_STANDING}unpublish/1/",
    "the front page": "/newsroom/snippets/articles/arrangement/edit/1/",
    "the history of the front page": "/newsroom/snippets/articles/arrangement/history/1/",
    "the front pages of before": "/newsroom/front-pages/",
    "the publication": "/newsroom/snippets/masthead/publication/edit/1/",
    "the history of everything": "/newsroom/reports/site-history/",
    "the publication's history": "/newsroom/snippets/masthead/publication/history/1/",
    "the pictures": "/newsroom/images/",
    "a new picture": "/newsroom/images/add/",
    "a picture": "/newsroom/images/1/",
    "the accounts": "/newsroom/users/",
    "a new account": "/newsroom/users/new/",
    "one's own account": "/newsroom/account/",
    "signing in": _SECURITY,
    "an authenticator app": f"{_SECURITY}app/",
    "a new passkey": f"{_SECURITY}passkeys/",
    "a password": f"{_SECURITY}password/",
    "signing in again": "/newsroom/login/again/",
}
LONG_NAMES = """() => {
  const named = document.querySelectorAll(
    ":is(h1, h2, h3, .kicker, .sections a, .months a, .days a, .tags a, .facts a:not(.comments), .comment-author)")
  const first = each => [...each.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim())
  const texts = [...named].map(first).filter(Boolean)
  const were = texts.map(text => text.nodeValue)
  texts.forEach(text => { text.nodeValue = "Donaudampfschifffahrt".repeat(4) })
  const over = document.documentElement.scrollWidth - innerWidth
  texts.forEach((text, place) => { text.nodeValue = were[place] })
  return over
}"""
"""How far the page reaches over the edge if everything and everybody on it had a name that is one long word."""
CUT_OFF = """() => {
  const within = (each, style, values) => {
    for (let above = each; above; above = above.parentElement)
      if (values.includes(getComputedStyle(above)[style])) return true
    return false
  }
  const beside = ".w-minimap, .w-minimap *, .form-side, .form-side *, .jcrop-holder, .jcrop-holder *, .jcrop-keymgr"
  return [...document.querySelectorAll("main *")].filter(each => {
    const { width, height, left, right } = each.getBoundingClientRect()
    return width > 1 && height > 1 && (left < -1 || right > innerWidth + 1) && !each.matches(beside)
      && !within(each, "overflowX", ["auto", "scroll"]) && !within(each, "clipPath", ["inset(50%)"])
  }).slice(0, 3).map(each => each.outerHTML.slice(0, 200))
}"""
"""What reaches over the edge of a screen of the newsroom, ours or Wagtail's, which would cut it off.

What can be scrolled by itself (the way to a page, above it) or is meant for ears alone does not count, nor what waits
beside the window (minimap, side panels), nor the frame in a picture, which is as wide as there was room when the
screen was opened.
"""
SIDE_PANELS = ("status", "hints", "notes")


def violations(page: Page, within: str | None = None, **only: str | list[str]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate(LOOK, [within, {"runOnly": only, "resultTypes": ["violations"]}])
    return [
        f"{violation['id']} {node['target']} {node['html'][:200]}: {node['failureSummary'][:300]}"
        for violation in found
        for node in violation["nodes"][:3]
    ]


def shuts_out(page: Page) -> dict[str, object]:
    """What is wrong with the page that is open, on every paper and at three widths."""
    found: dict[str, object] = {"wide": violations(page, type="tag", values=EVERY_RULE)}
    page.emulate_media(color_scheme="dark")
    found["wide, dark"] = violations(page, type="rule", values=COLOURS)
    page.set_viewport_size(NARROW)
    found["narrow, dark"] = violations(page, type="tag", values=EVERY_RULE)
    page.set_viewport_size(NARROWEST)
    over_the_edge = "document.documentElement.scrollWidth - innerWidth"
    found["pixels over the edge"] = page.evaluate(over_the_edge)  # 320 px are 1280 px at 400 %
    found["pixels over the edge with long names"] = page.evaluate(LONG_NAMES)
    page.evaluate("document.documentElement.dataset.size = 'largest'")
    found["pixels over the edge in the largest text"] = page.evaluate(over_the_edge)
    page.evaluate("Object.assign(document.documentElement.dataset, { size: '', paper: 'sepia' })")
    found["sepia"] = violations(page, type="rule", values=COLOURS)
    page.evaluate("document.documentElement.dataset.paper = ''")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    return {where: what for where, what in found.items() if what}


def shuts_staff_out(page: Page, address: str) -> dict[str, object]:
    """What is wrong with a screen of the newsroom, which has neither sepia nor sizes of text."""
    answer = page.goto(address)
    assert answer is not None
    found: dict[str, object] = {"status": 0 if answer.ok else answer.status}
    found["wide"] = violations(page, type="tag", values=EVERY_RULE)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    found["narrow, dark"] = violations(page, type="tag", values=EVERY_RULE)
    page.set_viewport_size(NARROWEST)
    found["pixels over the edge"] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found["cut off"] = page.evaluate(CUT_OFF)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    return {where: what for where, what in found.items() if what}


@pytest.mark.parametrize("kind", PAGES)
def test_nobody_is_shut_out_of(kind, page, articles):
    year, month = articles["tide-tables"].split("/")[1:3]
    answer = page.goto(PAGES[kind].format_map(articles | {"year": year, "month": month}))
    assert answer.status == (404 if "not there" in kind else 400 if "cannot be answered" in kind else 200)
    assert shuts_out(page) == {}


def test_nobody_is_shut_out_of_a_refusal_or_a_receipt(page, articles):
    page.goto(articles["three-boats-before-light"])
    page.get_by_role("textbox", name="Your comment").fill("See https://boats.example/ for what they brought.")
    page.get_by_role("textbox", name="Name").fill(" ")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not posted yet")
    assert shuts_out(page) == {}

    page.get_by_role("textbox", name="Name").fill("Ragna")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_role("status")).to_contain_text("waits for a moderator")
    for deed in ("Change it", "Appeal", "Withdraw it"):
        page.get_by_text(deed, exact=True).click()
    assert shuts_out(page) == {}
    page.get_by_role("textbox", name="Your comment").fill("What they brought: ||nothing||.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview").get_by_text("nothing", exact=True)).to_be_hidden()
    assert shuts_out(page) == {}
    page.get_by_role("checkbox", name="Show the spoiler").press("Space")
    expect(page.locator(".preview").get_by_text("nothing", exact=True)).to_be_visible()
    assert shuts_out(page) == {}

    page.goto(articles["three-boats-before-light"])
    page.locator("#discussion").get_by_role("link", name="Reply").first.click()
    assert shuts_out(page) == {}
    page.get_by_role("textbox", name="Your comment").fill("All three of them?")
    page.get_by_role("textbox", name="Name").fill("Ragna")
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_role("status")).to_contain_text("is published")
    assert shuts_out(page) == {}


def test_nobody_is_shut_out_of_the_newsroom(page, sign_in_path):
    page.goto(sign_in_path)
    assert shuts_out(page) == {}
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/newsroom/$"))
    page.goto(sign_in_path)
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    assert shuts_out(page) == {}
    found = {kind: shuts_staff_out(page, address) for kind, address in NEWSROOM.items()}
    assert {kind: what for kind, what in found.items() if what} == {}


def test_nobody_is_shut_out_of_an_appeal_or_a_closed_conversation(open_window, staff_page, articles):
    with open_window() as guest:
        guest.goto(articles["three-boats-before-light"])
        guest.get_by_role("textbox", name="Your comment").fill("All of them: https://boats.example/list")
        guest.get_by_role("textbox", name="Name").fill("Ragna")
        guest.get_by_role("button", name="Post").click()
        guest.locator("#appeal > summary").click()
        guest.get_by_role("textbox", name="Why should it be looked at again?").fill(
            "It is the harbour’s own list."
        )
        guest.locator("#appeal").get_by_role("button").click()
        expect(guest.locator(".appeal")).to_contain_text("You appealed")
    assert shuts_staff_out(staff_page, NEWSROOM["the comments that wait"]) == {}
    expect(staff_page.locator("main")).to_contain_text("Its author appeals")

    staff_page.goto("/newsroom/comments/1/")
    staff_page.get_by_text("Close the conversation …").press("Enter")
    staff_page.get_by_role("textbox", name="Reason (readers see it beneath").fill("everything has been said")
    staff_page.get_by_role("button", name="Close it now").press("Enter")
    expect(staff_page.locator(".messages")).to_contain_text("is closed")
    assert shuts_staff_out(staff_page, "/newsroom/comments/1/") == {}
    staff_page.get_by_role("button", name="Open the conversation again").press("Enter")
    expect(staff_page.locator(".messages")).to_contain_text("is open again")


def test_nobody_is_shut_out_where_the_newsroom_has_nothing(staff_page):
    page = staff_page
    for address in ("/newsroom/nothing/", f"{_ARTICLE}edit/99999/"):
        assert shuts_staff_out(page, address) == {"status": 404}
        expect(page.get_by_role("heading", level=1)).to_have_text("Nothing stands here")
    page.get_by_role("link", name="To the desk").click()
    expect(page).to_have_url(re.compile("/newsroom/$"))


def test_nobody_is_shut_out_of_comparing_two_versions(staff_page):
    page = staff_page
    page.goto(NEWSROOM["a new article"])
    page.locator("[name=headline]").fill("Two tides in one day")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("created")
    page.get_by_role("tab", name="Filing and dates").click()
    page.get_by_role("button", name="Add Byline").click()
    page.get_by_role("button", name="Choose person").click()
    choosing = page.get_by_role("dialog")
    expect(choosing.get_by_role("link", name="Jory Pellam")).to_be_visible()
    assert violations(page, type="tag", values=EVERY_RULE) == []
    choosing.get_by_role("link", name="Jory Pellam").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("updated")
    history = page.request.get(page.url.replace("/edit/", "/history/")).text()
    compare = re.findall(r'href="([^"]*/compare/[^"]*)"', history)[0]
    assert shuts_staff_out(page, compare) == {}
    expect(page.locator("main")).to_contain_text("Jory Pellam")


def test_nobody_is_shut_out_of_what_stands_beside_the_editor(staff_page):
    page = staff_page
    page.goto(NEWSROOM["the editor"])
    for panel in SIDE_PANELS:
        page.get_by_role("button", name=f"Toggle {panel}").click()
        expect(page.locator(f"[data-side-panel='{panel}']")).to_be_visible()
        assert violations(page, type="tag", values=EVERY_RULE) == [], panel


def test_nobody_is_shut_out_of_choosing_a_link(staff_page):
    page = staff_page
    page.goto(NEWSROOM["the editor"])
    page.get_by_role("textbox", name="Paragraph").first.dblclick()
    page.locator("button[name=LINK]").first.click()
    window = page.get_by_role("dialog", name="Choose a link")
    expect(window.get_by_role("link", name="The ferry will not wait")).to_be_visible()
    assert violations(page, ".modal", type="tag", values=EVERY_RULE) == []  # what lies below is out of reach
    window.get_by_label("Search term").fill("buns")
    expect(window.get_by_text("Nothing that readers can open")).to_be_visible()
    window.get_by_label("Search term").fill("bun")
    window.get_by_role("link", name="The bun on Tar Lane").click()
    expect(page.locator("[data-contents] .TooltipEntity")).to_have_count(1)

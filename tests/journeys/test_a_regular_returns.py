"""Somebody who reads a discussion comes back to it: what is new, what they folded away, and whom they ignore."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.following import shows
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]

AN_HOUR = 3_600_000  # milliseconds


def said(page, article, name, text, **fields):
    """A comment that somebody else posts, in the print."""
    answer = page.request.post(f"{article}comments/", form={"name": name, "text": text, **fields})
    assert answer.ok
    assert eventually(shows(page, article, text))


def test_a_regular_finds_what_is_new_and_goes_from_one_to_the_next(page, articles):
    article = articles["tide-tables"]
    page.clock.install()
    page.goto(article)
    comments = page.locator("#discussion article.comment")
    expect(comments.first).to_be_attached()
    expect(page.locator(".fresh")).to_have_count(0)

    parent = comments.nth(2).get_attribute("data-seq")
    said(page, article, "Oona", "The slack water was at ten today.", parent=parent)
    said(page, article, "Piet", "My boat disagrees with the tables.")
    page.get_by_role("textbox", name="Your comment").fill("What I say myself is nothing new to me.")
    page.get_by_role("textbox", name="Name").fill("Rika")
    page.get_by_role("button", name="Post").click()
    expect(page).to_have_url(re.compile("/receipts/"))
    assert eventually(shows(page, article, "What I say myself is nothing new to me."))
    page.clock.fast_forward(AN_HOUR)
    page.goto(article)
    bar = page.locator("#discussion .since")
    expect(bar).to_contain_text(re.compile(r"^2 new since "))
    fresh = page.locator("article.comment.new")
    expect(fresh.locator(":scope > .comment-head .fresh")).to_have_text(["new", "new"])

    page.keyboard.press("n")
    expect(page.locator(f"article.new[data-parent='{parent}']")).to_be_focused()
    page.get_by_role("button", name="Next new comment").click()
    expect(fresh.filter(has_text="My boat disagrees").last).to_be_focused()
    page.get_by_role("textbox", name="Your comment").focus()
    page.keyboard.type("no n")
    expect(page.get_by_role("textbox", name="Your comment")).to_have_value("no n")
    page.get_by_role("checkbox", name="Keys n and p").uncheck()
    fresh.last.focus()
    page.keyboard.press("p")
    expect(fresh.last).to_be_focused()

    page.reload()  # the visit lasts, and so do the marks
    expect(page.get_by_role("checkbox", name="Keys n and p")).not_to_be_checked()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.locator(".fresh")).to_have_count(0)
    page.reload()
    expect(comments.first).to_be_attached()
    expect(page.locator(".fresh")).to_have_count(0)


def test_a_branch_stays_folded_until_something_new_in_it_is_looked_for(page, articles):
    article = articles["tide-tables"]
    page.clock.install()
    page.goto(article)
    branch = page.locator("#discussion article.comment:has(> details.branch)").first
    summary = branch.locator(":scope > details > summary")
    reply = branch.locator("article.comment").first
    expect(summary).to_have_text(re.compile(r"^\d+ repl"))
    expect(reply).to_be_visible()
    summary.focus()
    page.keyboard.press("Enter")
    expect(reply).to_be_hidden()
    come_back_once_it_is_kept(page)
    expect(reply).to_be_hidden()

    said(page, article, "Quirin", "Deep in a folded branch.", parent=reply.get_attribute("data-seq"))
    page.clock.fast_forward(AN_HOUR)
    page.goto(article)
    expect(page.locator("#discussion .since")).to_be_visible()
    expect(reply).to_be_hidden()
    page.get_by_role("button", name="Next new comment").click()
    expect(page.get_by_text("Deep in a folded branch.")).to_be_visible()
    expect(branch.locator("article.new", has_text="Deep in a folded branch.").last).to_be_focused()


def come_back_once_it_is_kept(page):
    """A busy browser says that a branch was folded some time after it is."""
    page.wait_for_function("() => localStorage.getItem('broadsheet:folded')")
    page.reload()


def test_an_address_that_ends_in_nonsense_keeps_nothing_from_working(page, articles):
    page.goto(f"{articles['tide-tables']}#100%")
    branch = page.locator("#discussion article.comment:has(> details.branch)").first
    reply = branch.locator("article.comment").first
    expect(reply).to_be_visible()
    branch.locator(":scope > details > summary").press("Enter")
    expect(reply).to_be_hidden()
    come_back_once_it_is_kept(page)
    expect(reply).to_be_hidden()
    page.evaluate("location.hash = 'c-99999'")
    expect(page).to_have_url(re.compile("/c/99999/$"))


def test_somebody_who_is_ignored_folds_to_a_line_until_the_reader_thinks_better_of_it(page, articles):
    article = articles["tide-tables"]
    for words in ("Loud words.", "Louder words."):
        said(page, article, "Ulf the Loud", words)
    page.goto(article)
    loud = page.locator("article.comment", has=page.get_by_text("Ulf the Loud", exact=True))
    loud.first.get_by_role("button", name="Ignore Ulf the Loud").click()
    expect(page.get_by_text("Loud words.")).to_be_hidden()
    expect(page.get_by_text("A comment by Ulf the Loud, whom you ignore")).to_have_count(2)
    page.reload()
    expect(page.get_by_text("Louder words.")).to_be_hidden()

    line = page.get_by_text("A comment by Ulf the Loud, whom you ignore").last
    expect(line).to_be_visible()
    line.click()
    expect(page.get_by_text("Louder words.")).to_be_visible()
    page.get_by_text("People you ignore (1)").click()
    page.get_by_role("button", name="Stop ignoring Ulf the Loud").click()
    expect(page.get_by_text("Loud words.")).to_be_visible()
    expect(page.get_by_text("People you ignore")).to_have_count(0)


def test_somebody_who_is_highlighted_is_marked_and_leads_on_to_what_else_they_said(page, articles):
    article = articles["tide-tables"]
    for words in ("Wise words.", "Wiser words."):
        said(page, article, "Vera the Wise", words)
    page.goto(article)
    wise = page.locator("article.comment", has=page.get_by_text("Vera the Wise", exact=True))
    button = wise.first.get_by_role("button", name="Highlight Vera the Wise")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(button).to_be_focused()
    page.reload()
    expect(page.locator(".highlighted")).to_have_count(2)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(wise.first.locator(".comment-head")).to_contain_text("highlighted")
    wise.first.get_by_role("button", name="Next comment by people you highlight").press("Enter")
    expect(wise.last).to_be_focused()

    wise.last.get_by_role("button", name="Ignore Vera the Wise").click()
    expect(page.get_by_text("People you highlight")).to_have_count(0)
    expect(page.locator(".highlighted")).to_have_count(0)
    page.get_by_text("A comment by Vera the Wise, whom you ignore").first.click()
    button.click()
    expect(page.get_by_text("People you ignore")).to_have_count(0)
    expect(button).to_be_focused()
    page.get_by_text("People you highlight (1)").click()
    page.get_by_role("button", name="Stop highlighting Vera the Wise").click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".known")).to_have_count(0)


def test_somebody_with_an_account_is_told_beside_the_form_that_they_were_answered(staff_page, articles):
    article = articles["honest-scales"]
    staff_page.goto(article)
    expect(staff_page.locator(".writing-as")).not_to_contain_text("Notices")
    staff_page.get_by_role("textbox", name="Your comment").fill("The scales were mended on Monday.")
    staff_page.get_by_role("button", name="Post").click()
    expect(staff_page).to_have_url(re.compile("/receipts/"))
    mine = str(staff_page.request.get(f"{article}comments.json").json()["last_seq"])
    said(staff_page, article, "Oona", "Thank you for telling us.", parent=mine)
    assert eventually(lambda: staff_page.request.get("/mine.json").json()["unread"] == 1)
    staff_page.goto(article)
    staff_page.get_by_role("link", name="Notices (1)").click()
    expect(staff_page.get_by_role("heading", level=1)).to_have_text("Notices")
    expect(staff_page.get_by_role("main")).to_contain_text("Oona")

"""A guest comments, with JavaScript and without, and finds the comment where it belongs."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.following import shows
from tests.patience import eventually

pytestmark = [pytest.mark.browser, pytest.mark.server]


def say(page, name, text):
    page.get_by_role("textbox", name="Your comment").fill(text)
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Post").click()


def test_a_guest_answers_a_comment_where_it_stands(page, articles):
    article = articles["tide-tables"]
    page.goto(article)
    answered = page.locator("#discussion article.comment").nth(3)
    seq = answered.get_attribute("data-seq")
    answered.locator(":scope > .deeds").get_by_role("link", name="Reply").click()
    expect(answered.locator("form.say")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    assert page.url.endswith(article), "the form came, the page stayed"

    say(page, "Alma of the Second Pier", "My own clock was an hour out too, and I blamed the moon.")
    expect(page).to_have_url(re.compile("/receipts/"))
    expect(page.get_by_role("status")).to_contain_text("Your comment is published.")
    assert eventually(shows(page, article, "I blamed the moon"))

    page.get_by_role("link", name="See it in the discussion").click()
    expect(page.locator("article.chosen")).to_contain_text("I blamed the moon")
    page.goto(article)
    mine = page.locator("article.comment", has_text="I blamed the moon").last
    assert mine.get_attribute("data-parent") == seq


def test_a_reader_who_stays_is_offered_what_was_said_meanwhile(page, open_window, articles):
    article = articles["the-ferry-will-not-wait"]
    page.clock.install()
    page.goto(article)

    def newest() -> int:
        return page.request.get(f"{article}thread.json").json()["last_seq"]

    before = newest()
    with open_window() as other:
        other.goto(article)
        say(other, "Ottilie", "Said while somebody else was reading.")
        assert eventually(shows(other, article, "Said while somebody else was reading"))
        assert eventually(lambda: newest() == before + 1)
    offer = page.get_by_role("status").get_by_role("link")
    page.locator("#discussion").scroll_into_view_if_needed()
    assert eventually(lambda: page.clock.run_for(25_000) is None and offer.count() == 1)
    expect(offer).to_have_text("1 new comment")
    expect(page.get_by_text("Said while somebody else was reading")).to_have_count(0)
    offer.click()
    expect(page.get_by_text("Said while somebody else was reading")).to_be_visible()


def test_a_guest_changes_their_mind_about_answering(page, articles):
    page.goto(articles["tide-tables"])
    reply = page.locator("#discussion article.comment").nth(3).get_by_role("link", name="Reply").first
    reply.click()
    page.get_by_role("button", name="Do not reply").click()
    expect(reply).to_be_focused()
    expect(page.locator("#discussion > form.say [name=parent]")).to_have_value("")


def test_without_javascript_a_guest_answers_on_the_page_of_the_comment(open_window, articles):
    article = articles["the-ferry-will-not-wait"]
    with open_window(java_script_enabled=False) as page:
        page.goto(article)
        page.locator("#c-20 > .deeds").get_by_role("link", name="Reply").click()
        expect(page).to_have_url(re.compile(r"/c/20/#say$"))
        expect(page.locator("form.say .answering")).to_contain_text("In answer to")
        say(page, "Bente", "I shall be on the quay at ten past, with biscuits.")
        expect(page.get_by_role("status")).to_contain_text("Your comment is published.")
        assert eventually(shows(page, article, "with biscuits"))
        page.goto(article)
        expect(page.locator("article[data-parent='20']", has_text="with biscuits")).to_be_visible()


def test_a_comment_with_a_link_waits_and_its_author_alone_sees_it(open_window, articles):
    article = articles["the-ferry-will-not-wait"]
    with open_window(java_script_enabled=False) as page:
        page.goto(article)
        say(page, "Cormac", "The timetable of 1911 is at https://timetables.example/1911 for all to see.")
        expect(page.get_by_role("status")).to_contain_text("waits for a moderator: it contains a link")
        expect(page.locator("article.held")).to_contain_text("The timetable of 1911")
        assert "timetables.example" not in page.request.get(article).text()


def test_a_guests_waiting_comment_stands_where_it_belongs_until_it_is_withdrawn(open_window, page, articles):
    article = articles["the-ferry-will-not-wait"]
    page.goto(f"{article}c/20/")
    say(page, "Dorrit", "The tides of 1912 are at https://tides.example/1912 for all to see.")
    expect(page.get_by_role("status")).to_contain_text("waits for a moderator")
    page.goto(f"{article}c/20/")
    waiting = page.locator("#c-20 > .held")
    expect(waiting).to_contain_text("The tides of 1912")
    expect(waiting).to_contain_text("until then only you see it")
    with open_window() as other:
        other.goto(f"{article}c/20/")
        expect(other.locator("#c-20 .person").first).to_be_attached()
        expect(other.locator(".held")).to_have_count(0)

    waiting.get_by_role("link", name="Change or withdraw").click()
    page.get_by_text("Withdraw it", exact=True).click()
    page.get_by_role("button", name="Withdraw it for good").click()
    expect(page.get_by_role("status")).to_contain_text("You withdrew this comment")
    page.goto(f"{article}c/20/")
    expect(page.locator("#c-20 .person").first).to_be_attached()
    expect(page.locator(".held")).to_have_count(0)


def test_a_refused_comment_comes_back_with_every_word(open_window, articles):
    with open_window(java_script_enabled=False) as page:
        page.goto(articles["tide-tables"])
        say(page, " ", "Nobody in particular says this.")
        expect(page.get_by_role("heading", level=1)).to_have_text("Not posted yet")
        expect(page.get_by_role("textbox", name="Your comment")).to_have_value(
            "Nobody in particular says this."
        )
        expect(page.get_by_role("textbox", name="Name")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#say-name-error")).to_contain_text("Give a name")

        # The author of the article with a Cyrillic о.
        say(page, "Jоry Pellam", "I wrote this article, honestly.")
        expect(page.locator("#say-name-error")).to_contain_text("somebody who works here")
        expect(page.get_by_role("textbox", name="Name")).to_have_value("Jоry Pellam")
        expect(page.get_by_role("textbox", name="Your comment")).to_have_value(
            "I wrote this article, honestly."
        )

        page.get_by_role("textbox", name="Name").fill("Jorunn")
        page.get_by_role("button", name="Post").click()
        expect(page.get_by_role("status")).to_contain_text("Your comment is published.")


def test_without_javascript_an_author_previews_changes_appeals_and_withdraws(open_window, articles):
    with open_window(java_script_enabled=False) as page:
        page.goto(articles["the-ferry-will-not-wait"])
        text = page.get_by_role("textbox", name="Your comment")
        text.fill("The *late* boat was ||on time||.")
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Preview")
        expect(page.locator(".preview em")).to_have_text("late")
        expect(text).to_have_value("The *late* boat was ||on time||.")
        say(page, "Dagmar", "The late boat was on time.")
        expect(page.get_by_role("status")).to_contain_text("Your comment is published.")

        page.get_by_text("Change it").click()
        text.fill("The late boat was later, see https://boats.example/log")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("status")).to_contain_text("waits for a moderator: it contains a link")
        expect(page.locator("article.held")).to_contain_text("boats.example")

        page.get_by_text("Appeal", exact=True).click()
        page.get_by_label("Why should it be looked at again?").fill("It is the harbour's own log.")
        page.get_by_role("button", name="Send to the moderators").click()
        expect(page.locator(".appeal")).to_contain_text("It is the harbour's own log.")

        page.get_by_text("Withdraw it", exact=True).click()
        page.get_by_role("button", name="Withdraw it for good").click()
        expect(page.get_by_role("status")).to_contain_text("You withdrew this comment")


def test_what_a_guest_writes_outlives_a_closed_tab_and_stays_theirs(page, articles):
    article = articles["tide-tables"]
    page.goto(article)
    text = page.get_by_role("textbox", name="Your comment")
    text.fill("Mark this")
    text.select_text()
    page.keyboard.press("Control+B")
    expect(text).to_have_value("**Mark this**")
    expect(page.get_by_role("toolbar").get_by_role("button")).to_have_count(5)
    page.get_by_role("button", name="Strong").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Spoiler")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_have_value("**||Mark this||**")

    tab = page.context.new_page()
    page.close()
    tab.goto(article)
    text = tab.get_by_role("textbox", name="Your comment")
    expect(text).to_have_value("**||Mark this||**")

    answered = tab.locator("#discussion article.comment").nth(3)
    answered.locator(":scope > .comment-text").select_text()
    tab.get_by_role("button", name="Quote").click()
    expect(answered.locator("form.say")).to_be_visible()
    expect(text).to_have_value(re.compile(r"^\*\*\|\|Mark this\|\|\*\*\n\n> \S"))
    tab.get_by_role("textbox", name="Name").fill("Signe of the Quay")
    tab.get_by_role("button", name="Post").click()
    expect(tab.get_by_role("status")).to_contain_text("Your comment is published.")
    assert eventually(shows(tab, article, "Signe of the Quay"))

    tab.goto(article)
    mine = tab.locator("article.comment", has_text="Signe of the Quay").last
    expect(mine.locator(":scope > .comment-head")).to_contain_text("yours")
    expect(text).to_have_value("")
    mine.get_by_role("link", name="Change or withdraw").click()
    expect(tab).to_have_url(re.compile("/receipts/"))

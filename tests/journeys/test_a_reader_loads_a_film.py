"""A reader comes upon a film that stands elsewhere: nothing is asked of anybody until they press the button."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.window import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.server]

PLAYER = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"


@pytest.fixture
def reader(browser, site):
    """A window in which the player's site is played by the test, and every request is noted."""
    window = browser.new_context(base_url=site)
    window.route(
        re.compile("^https://"),
        lambda route: route.fulfill(body="<h1>A rabbit</h1>", content_type="text/html"),
    )
    page = window.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    window.close()


def test_a_film_loads_in_a_sandbox_when_a_reader_asks_for_it_and_not_before(reader, site, articles):
    page, asked = reader, []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(articles["how-we-set-a-page"])
    film = page.locator("figure.elsewhere")
    expect(film.get_by_text("Nothing has been asked of youtube-nocookie.com yet.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(site)] == []

    film.get_by_role("button", name="Load from youtube-nocookie.com").click()
    frame = film.locator("iframe")
    expect(frame).to_have_attribute("src", PLAYER)
    expect(frame).to_have_attribute(
        "sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation"
    )
    expect(page.frame_locator("figure.elsewhere iframe").get_by_role("heading")).to_have_text("A rabbit")
    assert [url for url in asked if not url.startswith(site)] == [PLAYER]


def test_without_scripts_there_is_a_link_and_no_button(open_window, articles):
    with open_window(java_script_enabled=False) as page:
        page.goto(articles["how-we-set-a-page"])
        film = page.locator("figure.elsewhere")
        expect(film.get_by_role("link")).to_have_attribute(
            "href", "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
        )
        expect(film.get_by_role("button")).to_have_count(0)

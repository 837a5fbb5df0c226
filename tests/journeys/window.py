"""A browser's window that notes what a reader would never see: requests to strangers, and what the console says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tests import patience

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PATIENCE = patience.PATIENCE * 1000
"""Milliseconds that a step of a journey may take on a busy machine, and what is expected of a page may take to come."""
expect.set_options(timeout=PATIENCE)
AT_HOME = ("data:", "blob:", "about:")
REFUSED = "Failed to load resource: the server responded with a status of 4"
"""What Chromium notes of every page that is not 200, a refusal or a 404 among them."""


@contextmanager
def opened(browser: Browser, url: str, **context: Any) -> Iterator[Page]:
    """A page whose addresses begin at `url`. When it is closed, nothing may have been complained of."""
    complaints: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((f"{url}/", *AT_HOME)):
            complaints.append(f"a request to a stranger: {request.url}")

    def note_line(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and not line.text.startswith(REFUSED):
            complaints.append(f"the console at {page.url}: {line.text}")

    settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | context
    window = browser.new_context(base_url=url, **settings)
    window.set_default_timeout(PATIENCE)
    page = window.new_page()
    window.on("request", note_request)
    window.on("console", note_line)
    window.on("weberror", lambda error: complaints.append(f"a script at {page.url}: {error.error}"))
    try:
        yield page
    finally:
        window.close()
    assert complaints == [], "\n".join(complaints)

"""What a browser that knows nothing loads to show an article with 27 comments, as the browser itself counts it.

Run as `python -m benchmarks.cold_load`. Bytes are those of the wire, headers included (`encodedDataLength` of the
DevTools protocol), as the stand hands the sample out; nginx and Caddy hand out the same files.
"""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks import results
from tests import homes
from tests.journeys import sample

SCREENS = {"1280 px": (1280, 800, 1), "390 px": (390, 844, 1), "390 px, three times as fine": (390, 844, 3)}
MOST, AIM, MOST_SCRIPT = 40, 25, 12
"""Kilobytes: in all, hoped for, of JavaScript."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="broadsheet-benchmark-") as folder, sample.chromium() as browser:
        with sample.fill(homes.new(Path(folder))).served() as url:
            sample.settle(browser, url)
            path = sample.articles(browser, url)["tide-tables"]
            loads = {name: load(browser, url, path, screen) for name, screen in SCREENS.items()}
    results.write("cold_load", {"most_kb": MOST, "aim_kb": AIM, "most_script_kb": MOST_SCRIPT, **loads})


def load(browser: Browser, url: str, path: str, screen: tuple[int, int, int]) -> dict[str, Any]:
    """One load in a fresh window, whose cache is empty."""
    width, height, scale = screen
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    requests: dict[str, dict[str, Any]] = {}
    protocol.on("Network.responseReceived", lambda event: requests.update({event["requestId"]: event}))
    protocol.on(
        "Network.loadingFinished",
        lambda event: requests[event["requestId"]].update(bytes=event["encodedDataLength"]),
    )
    protocol.send("Network.enable")
    page.goto(url + path, wait_until="networkidle")
    context.close()
    return told(list(requests.values()), url)


def told(requests: list[dict[str, Any]], url: str) -> dict[str, Any]:
    def kilobytes(*kinds: str) -> float:
        return round(sum(each["bytes"] for each in requests if not kinds or each["type"] in kinds) / 1024, 1)

    strangers = [each for each in requests if not each["response"]["url"].startswith(f"{url}/")]
    return {
        "kb": kilobytes(),
        "kb_without_pictures": round(kilobytes() - kilobytes("Image"), 1),
        "kb_of_scripts": kilobytes("Script"),
        "kb_of_styles": kilobytes("Stylesheet"),
        "requests": len(requests),
        "requests_to_third_parties": len(strangers),
    }


if __name__ == "__main__":
    main()

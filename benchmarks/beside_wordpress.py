"""The sample's article with 27 comments beside the same text, picture and thread in WordPress as Debian packs it.

Run as `python -m benchmarks.beside_wordpress`. A phone on a slow line (as Lighthouse imagines one: 1.6 Mbit/s, 150 ms
there and back, a processor a quarter as fast), caches empty, by turns; medians. WordPress stands behind nginx with
PHP-FPM; Broadsheet is its own server. wpDiscuz is not in Debian: what stands here is WordPress's own, lighter, thread.
"""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession

from benchmarks import results
from benchmarks.wordpress import serving
from tests import homes
from tests.journeys import sample

ROUNDS = 5
SLUG = "tide-tables"
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SCREEN: Any = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75}

WATCH = """
window.seen = {shift: 0};
const watch = (type, note) =>
    new PerformanceObserver(list => list.getEntries().forEach(note)).observe({type, buffered: true});
watch("paint", entry => { if (entry.name === "first-contentful-paint") seen.first = entry.startTime; });
watch("largest-contentful-paint", entry => { seen.largest = entry.startTime; });
watch("layout-shift", entry => { if (!entry.hadRecentInput) seen.shift += entry.value; });
"""
TAKE_OUT = """
() => ({
    headline: document.querySelector("h1").textContent.trim(),
    standfirst: document.querySelector(".standfirst")?.textContent.trim() || "",
    html: [...document.querySelectorAll("#article-body > *, .body > *")].map(part => part.outerHTML).join("\\n"),
})
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="broadsheet-benchmark-") as folder, sample.chromium() as browser:
        home = sample.fill(homes.new(Path(folder)))
        with home.served() as url:
            sample.settle(browser, url)
            ours = url + sample.articles(browser, url)[SLUG]
            with serving.served(taken_out(browser, ours, home.path)) as theirs:
                results.write(
                    "beside_wordpress", compared(browser, {"Broadsheet": ours, "WordPress": theirs})
                )


def taken_out(browser: Browser, address: str, home: Path) -> dict[str, Any]:
    """The article as WordPress is to show it."""
    page = browser.new_page()
    page.goto(address)
    article: dict[str, Any] = page.evaluate(TAKE_OUT)
    article["comments"] = page.request.get(f"{address}comments.json").json()["comments"]
    page.close()
    pictures = sorted((home / "media" / "original_images").iterdir())
    picture = next(each for each in pictures if each.name.startswith(SLUG[:4]) or each.suffix == ".jpg")
    return {**article, "publication": "The Kelpness Packet", "picture": str(picture)}


def compared(browser: Browser, addresses: dict[str, str]) -> dict[str, Any]:
    loads: dict[str, list[dict[str, float]]] = {name: [] for name in addresses}
    for address in addresses.values():
        load(browser, address)  # what is made for the first reader only
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            loads[name].append(load(browser, address))
    return {
        name: {figure: round(statistics.median(each[figure] for each in of_one), 3) for figure in of_one[0]}
        for name, of_one in loads.items()
    }


def load(browser: Browser, address: str) -> dict[str, float]:
    """One load in a fresh window, whose cache is empty."""
    context = browser.new_context(**SCREEN)
    context.add_init_script(WATCH)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    sizes = counted(protocol)
    protocol.send("Network.emulateNetworkConditions", LINE)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle", timeout=60_000)
    page.wait_for_function("() => seen.first && seen.largest")
    seen = page.evaluate("() => seen")
    context.close()
    return {
        "first_contentful_paint_ms": seen["first"],
        "largest_contentful_paint_ms": seen["largest"],
        "layout_shift": seen["shift"],
        "kb": sum(sizes.values()) / 1024,
        "requests": len(sizes),
    }


def counted(protocol: CDPSession) -> dict[str, float]:
    """Bytes on the wire for each request, filled as they arrive; one that fails counts as a request of no bytes."""
    sizes: dict[str, float] = {}
    protocol.on("Network.requestWillBeSent", lambda event: sizes.setdefault(event["requestId"], 0))
    protocol.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    protocol.send("Network.enable")
    return sizes


if __name__ == "__main__":
    main()

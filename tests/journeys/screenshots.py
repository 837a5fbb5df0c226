"""Photographs the sample publication for the documentation: `script/screenshots`.

One sheet for each kind of page: four widths in light above the same four in dark, reduced so that a clone stays small.
"""

import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests import homes
from tests.homes import Home
from tests.journeys import sample, window

OUT = Path(__file__).resolve().parents[2] / "docs" / "images"
WIDTHS = {360: 780, 768: 1024, 1280: 800, 1920: 1080}
"""Of windows, with the heights that go with them, in CSS pixels."""
SCHEMES = ("light", "dark")
SHEET_HEIGHT = 480
"""Pixels of every window on a sheet."""
GAP, BEHIND = 16, "#8a8276"
QUALITY = 76


@dataclass(frozen=True)
class Shot:
    path: str
    """`{tide-tables}` is that article of the sample."""
    at: str = "body"
    """What stands at the top."""


SHOTS = {
    "home": Shot("/"),
    "section": Shot("/section/harbour/"),
    "article": Shot("{tide-tables}"),
    "reading": Shot("{tide-tables}", at=".body"),
    "thread": Shot("{the-ferry-will-not-wait}", at="#discussion"),
    "long-thread": Shot("{seven-oclock-count}", at="#discussion .conversations"),
    "byline": Shot("/by/jory-pellam/"),
    "archive": Shot("{month}"),
    "history": Shot("{tide-tables}history/"),
    "corrections": Shot("/corrections/"),
    "search": Shot("/search/?q=tide"),
    "not-found": Shot("/nothing-here/"),
}
NEWSROOM = {
    "desk": Shot("/newsroom/"),
    "editor": Shot("/newsroom/snippets/articles/article/edit/4/"),
}
SINGLE = {"readme": (Shot("{tide-tables}"), 1280, "light")}
"""What the README shows by itself."""


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="broadsheet-screenshots-") as folder,
        sample.chromium() as browser,
    ):
        home = sample.fill(homes.new(Path(folder)))
        with home.served() as url:
            sample.settle(browser, url)
            photograph_all(browser, url, home)


def photograph_all(browser: Browser, url: str, home: Home) -> None:
    paths = sample.articles(browser, url)
    year, month = paths["tide-tables"].split("/")[1:3]
    paths |= {"month": f"/archive/{year}/{month}/"}
    for name, shot in SHOTS.items():
        save(
            sheet([photograph(browser, url, shot, paths, width, scheme) for scheme, width in windows()]), name
        )
    for name, (shot, width, scheme) in SINGLE.items():
        save(photograph(browser, url, shot, paths, width, scheme), name)
    with window.opened(browser, url) as page:
        page.goto(sample.sign_in_path(home))
        page.get_by_role("button", name="Sign in").click()
        for name, shot in NEWSROOM.items():
            save(sheet([show(page, shot, paths, width, scheme) for scheme, width in windows()]), name)


def windows() -> list[tuple[str, int]]:
    return [(scheme, width) for scheme in SCHEMES for width in WIDTHS]


def photograph(
    browser: Browser, url: str, shot: Shot, paths: dict[str, str], width: int, scheme: str
) -> Image.Image:
    """In a window of its own, as a stranger's."""
    with window.opened(browser, url) as page:
        return show(page, shot, paths, width, scheme)


def show(page: Page, shot: Shot, paths: dict[str, str], width: int, scheme: str) -> Image.Image:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(shot.path.format_map(paths), wait_until="networkidle")
    page.locator(shot.at).first.evaluate("each => each.scrollIntoView()")
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def sheet(seen: list[Image.Image]) -> Image.Image:
    """All windows at one height, a row for each scheme."""
    small = [
        each.resize((each.width * SHEET_HEIGHT // each.height, SHEET_HEIGHT), Image.Resampling.LANCZOS)
        for each in seen
    ]
    rows = [small[: len(WIDTHS)], small[len(WIDTHS) :]]
    across = GAP + max(sum(each.width + GAP for each in row) for row in rows)
    whole = Image.new("RGB", (across, GAP + len(rows) * (SHEET_HEIGHT + GAP)), BEHIND)
    for line, row in enumerate(rows):
        left = GAP
        for each in row:
            whole.paste(each, (left, GAP + line * (SHEET_HEIGHT + GAP)))
            left += each.width + GAP
    return whole


def save(image: Image.Image, name: str) -> None:
    image.save(OUT / f"{name}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()

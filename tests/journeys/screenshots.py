"""Photographs the sample publication for the documentation: `script/screenshots`."""

import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from tests import homes
from tests.journeys import sample, window

OUT = Path(__file__).resolve().parents[2] / "docs" / "images"
MOST_BYTES = 150 * 1024
"""Of a picture: whoever clones has them all."""


@dataclass(frozen=True)
class Shot:
    path: str
    """`{tide-tables}` is that article of the sample."""
    size: tuple[int, int] = (1280, 900)
    at: str = "body"
    """What stands at the top."""
    settings: dict[str, Any] = field(default_factory=dict)


SHOTS = {
    "home": Shot("/"),
    "article": Shot("{tide-tables}"),
    "thread": Shot("{the-ferry-will-not-wait}", at="#discussion"),
    "phone": Shot("{tide-tables}", (390, 844), at="#discussion"),
    "dark": Shot("{the-ferry-will-not-wait}", settings={"color_scheme": "dark"}),
    "newsroom": Shot("/newsroom/snippets/articles/article/edit/4/"),
}


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="broadsheet-screenshots-") as folder,
        sample.chromium() as browser,
    ):
        home = sample.fill(homes.new(Path(folder)))
        with home.served() as url:
            sample.settle(browser, url)
            articles = sample.articles(browser, url)
            for name, shot in SHOTS.items():
                width, height = shot.size
                with window.opened(
                    browser, url, viewport={"width": width, "height": height}, **shot.settings
                ) as page:
                    if shot.path.startswith("/newsroom/"):
                        page.goto(sample.sign_in_path(home))
                        page.get_by_role("button", name="Sign in").click()
                    page.goto(shot.path.format_map(articles), wait_until="networkidle")
                    (OUT / f"{name}.png").write_bytes(photograph(page, shot.at))


def photograph(page: Page, at: str) -> bytes:
    """The window with this at its top, in so few colours that it stays small."""
    page.locator(at).first.evaluate("each => each.scrollIntoView()")
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    for colours in (256, 128, 64, 32):
        out = BytesIO()
        seen.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


if __name__ == "__main__":
    main()

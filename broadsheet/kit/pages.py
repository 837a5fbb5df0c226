"""What a public page is before it is bytes: made by an app's `pages.py`, rendered by `articles/rendering.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """A template with what it shows, or `content` that is finished already (a feed)."""

    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    content: bytes = b""
    content_type: str = "text/html; charset=utf-8"


class NotThere(Exception):
    """Nothing stands at this address (404)."""


class Gone(Exception):
    """Something stood at this address and does no more (410); `page` says why, where there is more to say."""

    def __init__(self, path: str = "", page: Page | None = None) -> None:
        super().__init__(path)
        self.page = page


class Moved(Exception):
    """It stands elsewhere now (301)."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

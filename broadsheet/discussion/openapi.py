"""The read API, described for programs (OpenAPI 3.1): `/api/openapi.json`.

Written by hand, since it is a promise and not what the code happens to do; `tests/test_openapi.py` holds one against
the other.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Publication

PATH = "/api/openapi.json"
_FILE = Path(__file__).with_name("content") / "openapi.json"


def page() -> Page:
    """The description, with this publication's name and address in it."""
    written = document()
    told = {**written, "servers": [{"url": settings.URL, "description": Publication.current().name}]}
    return Page(content=json.dumps(told, ensure_ascii=False).encode(), content_type="application/json")


@cache
def document() -> dict[str, Any]:
    written: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return written

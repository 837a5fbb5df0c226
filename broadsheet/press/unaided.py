"""The few pages that must need no database, since it may be away or busy: under the name that was printed last."""

import json

from django.template.loader import render_to_string

from broadsheet.press import store


def page(template: str) -> str:
    return render_to_string(template, {"publication_name": name()})


def name() -> str:
    """The publication's, from the print of its manifest; empty where there is none."""
    try:
        said = json.loads(store.read("/manifest.webmanifest") or b"{}")
    except ValueError:
        return ""
    return str(said.get("name", "")) if isinstance(said, dict) else ""

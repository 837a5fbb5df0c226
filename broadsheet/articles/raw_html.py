"""HTML by hand is for those with the right to it. Everybody else may keep what stands, or take it away."""

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied

from broadsheet.kit.sanitising import clean_article

RIGHT = "articles.write_html"


def check_change(before: Any, after: Any, *, by: Any) -> None:
    """Raise PermissionDenied where somebody without the right brings HTML into a body that was not in it before."""
    if by is not None and by.has_perm(RIGHT):
        return
    if _written(after) - _written(before):
        raise PermissionDenied(
            "Only a publisher may add or change an HTML block. Those that stand may stay as they are; "
            "take yours out, or undo its change, and save again."
        )


def _written(body: Any) -> "Counter[str]":
    """How often each piece of HTML stands in a body."""
    stored = body.get_prep_value() if body else []
    return Counter(clean_article(block["value"] or "") for block in stored if block["type"] == "html")

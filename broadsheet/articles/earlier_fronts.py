"""What stood on the front page earlier, in words: an editor knows an arrangement by what was in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from broadsheet.articles.models import Article, KeptArrangement, Section


@dataclass(frozen=True)
class EarlierFront:
    kept: KeptArrangement
    lines: list[str]
    """One for each part, from top to bottom."""


def earlier_fronts() -> list[EarlierFront]:
    """All that are kept, the newest first; that one stands now."""
    all_kept = list(KeptArrangement.objects.select_related("kept_by").order_by("-pk"))
    telling = _Telling([part["value"] for kept in all_kept for part in kept.parts])
    return [
        EarlierFront(kept, [telling.line(part["type"], part["value"]) for part in kept.parts])
        for kept in all_kept
    ]


class _Telling:
    """It asks once for the names of all that `values`, those of parts, speak of."""

    def __init__(self, values: list[dict[str, Any]]) -> None:
        leads = {value["article"] for value in values if value.get("article")}
        sections = {int(pk) for value in values for pk in value.get("sections") or []}
        self.headlines = dict(Article.objects.filter(pk__in=leads).values_list("pk", "headline"))
        self.names = dict(Section.objects.filter(pk__in=sections).values_list("pk", "name"))

    def line(self, kind: str, value: dict[str, Any]) -> str:
        return {"lead": self._lead, "river": self._river, "strip": self._strip, "box": self._box}[kind](value)

    def _lead(self, value: dict[str, Any]) -> str:
        chosen = value.get("article")
        return f"Lead story: {self.headlines.get(chosen, 'one that was deleted') if chosen else 'the newest'}"

    def _river(self, value: dict[str, Any]) -> str:
        return f"What is new: {value['number']}"

    def _strip(self, value: dict[str, Any]) -> str:
        return f"Sections: {_listed(self.names.get(int(pk)) for pk in value.get('sections') or [])}"

    def _box(self, value: dict[str, Any]) -> str:
        return f"Box: {value['heading']}"


def _listed(names: Iterable[str | None]) -> str:
    return ", ".join(name for name in names if name) or "those of the menu"

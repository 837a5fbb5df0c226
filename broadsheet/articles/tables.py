"""A table as a page shows it, from the grid that the editor stores."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """Everything that `blocks/table.html` prints; all cells are plain text."""

    id: str
    caption: str
    head: list[str]
    rows: list[list[str]]
    names_rows: bool
    """Whether the first cell of a row says what the row is about."""


def table_of(value: Mapping[str, Any] | None, label: str) -> Table | None:
    """None for a grid that nobody has filled in. Rows and columns without a word at the end are not shown."""
    if not value:
        return None
    rows = [["" if cell is None else str(cell).strip() for cell in row] for row in value.get("data") or []]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((index for row in rows for index, cell in enumerate(row, start=1) if cell), default=0)
    rows = [(row + [""] * width)[:width] for row in rows]
    if not rows:
        return None
    headed = bool(value.get("first_row_is_table_header")) and len(rows) > 1
    return Table(
        id=label,
        caption=str(value.get("table_caption") or ""),
        head=rows[0] if headed else [],
        rows=rows[1:] if headed else rows,
        names_rows=bool(value.get("first_col_is_header")),
    )

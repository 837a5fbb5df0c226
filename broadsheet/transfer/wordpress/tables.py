"""Tables in foreign HTML: as a table block where plain words in straight rows are all they hold."""

from collections.abc import Iterable
from typing import Any

from selectolax.lexbor import LexborNode

from broadsheet.transfer.wordpress import media, nodes
from broadsheet.transfer.wordpress.nodes import tag

_PLAIN = nodes.names("table caption thead tbody tfoot tr td th colgroup col p span br figure figcaption")
_IN_HEADINGS = frozenset({"strong", "b"})


def grid(node: LexborNode) -> dict[str, Any] | None:
    """What the block stores of a table, or of a figure around one. None where a grid of words would lose something."""
    found = [node] if tag(node) == "table" else node.css("table")
    if len(found) != 1 or len(found[0].css("table")) > 1 or _says_more(node) or _is_uneven(found[0]):
        return None
    rows = [_cells(row) for row in found[0].css("tr")]
    rows = [row for row in rows if row]
    if not rows:
        return None
    headed = all(tag(cell) == "th" for cell in rows[0]) or found[0].css_first("thead") is not None
    named = len(rows) > headed and all(tag(row[0]) == "th" for row in rows[headed:])
    choice = "both" if headed and named else "row" if headed else "column" if named else "neither"
    caption = found[0].css_first("caption")
    return {
        "data": _even([[nodes.plain(cell) for cell in row] for row in rows]),
        "table_caption": (nodes.plain(caption) if caption is not None else "") or media.caption(node),
        "table_header_choice": choice,
        "first_row_is_table_header": headed,
        "first_col_is_header": named,
    }


def _says_more(node: LexborNode) -> bool:
    """Whether there is markup in it that plain words cannot keep. Bold headings are headings."""
    others = [inner for inner in node.css("*") if tag(inner) not in _PLAIN]
    return any(tag(inner) not in _IN_HEADINGS or not _is_in_a_heading(inner) for inner in others)


def _is_in_a_heading(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and tag(above) not in ("th", "td", "table"):
        above = above.parent
    return above is not None and tag(above) == "th"


def _is_uneven(table: LexborNode) -> bool:
    return table.css_first("[colspan]:not([colspan='1']), [rowspan]:not([rowspan='1'])") is not None


def _cells(row: LexborNode) -> list[LexborNode]:
    for line in row.css("br"):
        line.replace_with(" ")
    return [cell for cell in nodes.children(row) if tag(cell) in ("td", "th")]


def _even(rows: Iterable[list[str]]) -> list[list[str]]:
    rows = list(rows)
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]

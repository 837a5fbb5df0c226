"""Quotations in foreign HTML: as a quote block where plain words are all they hold."""

import html
import re

from selectolax.lexbor import LexborNode

from broadsheet.transfer.wordpress import nodes
from broadsheet.transfer.wordpress.nodes import attribute, children, tag

_PLAIN = frozenset({"blockquote", "p", "br", "cite", "footer", "span", "div", "small"})
_PULLED = _PLAIN | {"figure", "figcaption", "a", "em", "strong", "i", "b"}
_TAGS = re.compile(r"<[^>]+>")


def quote(node: LexborNode, *, breaks: bool) -> dict[str, object] | None:
    """None for a quotation with lists, links or emphasis in it, which an html block keeps."""
    if any(tag(inner) not in _PLAIN for inner in node.css("*")) or len(node.css("blockquote")) > 1:
        return None
    return _quote(node, breaks=breaks, pull="pullquote" in attribute(node, "class"))


def pull_quote(figure: LexborNode) -> dict[str, object] | None:
    """The editor's pull quote: a quotation in a figure. None if it holds more than words."""
    if any(tag(inner) not in _PULLED for inner in figure.css("*")):
        return None
    return _quote(figure, breaks=False, pull=True)


def _quote(node: LexborNode, *, breaks: bool, pull: bool) -> dict[str, object] | None:
    named = node.css("cite, footer, figcaption")
    if len(named) > 1:
        return None
    attribution = nodes.plain(named[-1]).lstrip("—–- ") if named else ""
    for part in named:
        part.decompose()
    text = "\n\n".join(_paragraphs(node, breaks))
    if not text:
        text, attribution = attribution, ""
    return {"text": text, "attribution": attribution, "pull": pull} if text else None


def _paragraphs(node: LexborNode, breaks: bool) -> list[str]:
    found: list[str] = []
    run: list[LexborNode] = []
    for child in [*children(node), None]:
        if child is not None and tag(child) not in ("p", "div", "blockquote"):
            run.append(child)
            continue
        found += [_words(piece) for piece in nodes.inline(run, breaks=breaks)]
        run = []
        if child is not None:
            found += _paragraphs(child, breaks)
    return [text for text in found if text]


def _words(piece: str) -> str:
    return html.unescape(_TAGS.sub("", piece.replace("<br>", "\n"))).strip()

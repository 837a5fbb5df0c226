"""Parsed HTML as the rest of the reading sees it: a few questions asked of a node, and its text as clean markup."""

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 64  # elements within elements; what is nested further is taken for its text

# What running text may hold, and what older or finer markup becomes there. Everything else is taken off, its text kept.
_INLINE = {
    **{name: name for name in ("strong", "em", "code", "sup", "sub", "del")},
    "b": "strong",
    "i": "em",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "s": "del",
    "strike": "del",
    "tt": "code",
    "kbd": "code",
    "samp": "code",
}
_SAFE_ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|/|#|\?|[^:]*$)", re.IGNORECASE)
_BREAK = "\x00"
_BLANK = " \t\r\n\xa0"
_ONE_BREAK = re.compile(r"\x00[ \t]*\n|[\x00\n]")  # a tag with its line end is one break
_BREAKS = re.compile(r"[\x00\n][\x00\n \t]*")
_SPACE = re.compile(r"[ \t\r\n\f]+")  # what HTML takes for one space; not the no-break kind
_DOWNLOAD_BUTTON = "wp-block-file__button"  # says again what the link before it says
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "meta", "link", "-comment"})


def names(words: str) -> frozenset[str]:
    """A set of element or class names, written as a line of words."""
    return frozenset(words.split())


def parse(text: str) -> LexborNode:
    """The body of an HTML fragment, parsed as browsers do."""
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{text}").body
    assert body is not None  # noqa: S101 - the parser always makes one
    return body


def cdata_as_text(text: str) -> str:
    """HTML knows no such section and would drop it whole, but whoever wrote about one meant it to be read."""
    return text.replace("<![CDATA[", "&lt;![CDATA[") if "<![CDATA[" in text else text


def children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        following = child.next
        yield child
        child = following


def tag(node: LexborNode) -> str:
    return node.tag or ""


def attribute(node: LexborNode, name: str) -> str:
    return (node.attributes.get(name) or "").strip()


def classes(node: LexborNode) -> list[str]:
    return attribute(node, "class").split()


def plain(node: LexborNode) -> str:
    """The words of a node on one line."""
    return _SPACE.sub(" ", node.text(separator="")).strip()


def is_smiley(node: LexborNode) -> bool:
    """Whether a picture stands for a single character, as WordPress draws them."""
    return tag(node) == "img" and not {"emoji", "wp-smiley", "wpd-emoji"}.isdisjoint(classes(node))


def safe_address(url: str) -> str:
    """The address, if a reader may follow it: nothing that runs."""
    squeezed = re.sub(r"[\x00-\x20]", "", url)
    return squeezed if squeezed and _SAFE_ADDRESS.match(squeezed) else ""


def inline(nodes: list[LexborNode], *, breaks: bool) -> list[str]:
    """Running text as the inside of one paragraph after the other.

    With `breaks`, as WordPress reads text that nobody marked up: a line break is one, an empty line parts paragraphs.
    Two `br` in a row part them either way.
    """
    text = "".join(_inline(node, breaks, 0) for node in nodes)
    if not breaks and _BREAK not in text:
        text = text.strip(_BLANK)
        return [text] if text else []
    paragraphs: list[list[str]] = [[]]
    for line in _ONE_BREAK.split(text):
        if stripped := line.strip(_BLANK):
            paragraphs[-1].append(stripped)
        elif paragraphs[-1]:
            paragraphs.append([])
    return ["<br>".join(lines) for lines in paragraphs if lines]


def _inline(node: LexborNode, breaks: bool, depth: int) -> str:
    name = tag(node)
    if name == "-text":
        text = html.escape(node.text(), quote=False).replace(_BREAK, "")
        return text if breaks else _SPACE.sub(" ", text)
    if name == "br":
        return _BREAK
    if name == "img":
        return html.escape(attribute(node, "alt"), quote=False)
    if name == "footnote":
        return f'<footnote text="{html.escape(attribute(node, "text"))}">*</footnote>'
    if name in _UNSEEN or _DOWNLOAD_BUTTON in classes(node):
        return ""
    if depth > DEEPEST:
        return html.escape(plain(node), quote=False)
    return _wrapped(node, name, "".join(_inline(child, breaks, depth + 1) for child in children(node)))


def _wrapped(node: LexborNode, name: str, inside: str) -> str:
    """The markup of an element around its text, unless there is nothing to see in it."""
    if not inside.strip(_BLANK + _BREAK):
        return inside
    if name == "passage":
        return _passage(node, inside)
    if name == "q":
        return f"“{inside}”"
    if name == "a":
        return _link(node, _BREAKS.sub("<br>", inside))
    if name in _INLINE:
        return f"<{_INLINE[name]}>{_BREAKS.sub('<br>', inside)}</{_INLINE[name]}>"
    return inside


def _passage(node: LexborNode, inside: str) -> str:
    """Words that readers are asked about; more than one line cannot be marked."""
    if _BREAK in inside:
        return inside
    said = {name: html.escape(attribute(node, name)) for name in ("key", "question")}
    return f'<passage key="{said["key"]}" question="{said["question"]}">{inside}</passage>'


def _link(node: LexborNode, inside: str) -> str:
    address = safe_address(attribute(node, "href"))
    return f'<a href="{html.escape(address)}">{inside}</a>' if address else inside


def listed(node: LexborNode, *, breaks: bool, depth: int = 0) -> str:
    """A list with its lists, as markup. Lists and words that stand between its items, as they may not, are kept."""
    items: list[str] = []
    for child in children(node):
        if tag(child) == "li":
            items.append(_item(child, breaks, depth))
        elif tag(child) in ("ul", "ol") and items:
            items[-1] += _inner_list(child, breaks, depth)
        elif text := "<br>".join(inline([child], breaks=breaks)):
            items.append(text)
    inside = "".join(f"<li>{item}</li>" for item in items if item)
    return f"<{tag(node)}>{inside}</{tag(node)}>" if inside else ""


def _inner_list(node: LexborNode, breaks: bool, depth: int) -> str:
    if depth < DEEPEST:
        return listed(node, breaks=breaks, depth=depth + 1)
    return html.escape(plain(node), quote=False)


def _item(node: LexborNode, breaks: bool, depth: int) -> str:
    """The inside of an item: its lines, and the lists in it after the words before them."""
    joined = ""
    run: list[LexborNode] = []
    for child in [*children(node), None]:
        if child is not None and tag(child) not in ("ul", "ol", "p", "div"):
            run.append(child)
            continue
        joined = _with_line(joined, "<br>".join(inline(run, breaks=breaks)))
        run = []
        if child is None:
            break
        if tag(child) in ("ul", "ol"):
            joined += _inner_list(child, breaks, depth)
        else:
            joined = _with_line(joined, "<br>".join(inline([child], breaks=breaks)))
    return joined


def _with_line(text: str, line: str) -> str:
    if not text or not line or text.endswith(("</ul>", "</ol>")):
        return text + line
    return f"{text}<br>{line}"

"""Footnotes of the old site as ours: those of the block editor, which keeps their words apart, and of plug-ins."""

import json
import re
from html import escape

from selectolax.lexbor import LexborNode

from broadsheet.transfer.wordpress import nodes
from broadsheet.transfer.wordpress.nodes import attribute, tag

SHORTCODES = ("footnote", "efn_note", "mfn")
_ELEMENT = re.compile(r'<footnote text="([^"]*)">\*?</footnote>')
_MARK = re.compile(r'<sup\b[^>]*\bdata-fn="([^"]{1,80})"[^>]*>.*?</sup>', re.S)
_EMPHASIS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}
_MARKDOWN = re.compile(r"([\\*_`\[\]<])")


def placed(content: str, kept: str) -> str:
    """The text with its notes where their marks stood; `kept` is the post's `footnotes`, a list in JSON."""
    if "data-fn=" not in content:
        return content
    words = _kept(kept)
    return _MARK.sub(lambda mark: element(words[mark[1]]) if mark[1] in words else mark[0], content)


def element(words: str) -> str:
    """A note as the body stores it, from the HTML of its words."""
    text = " ".join(_markdown(nodes.parse(words)).split())
    return f'<footnote text="{escape(text)}">*</footnote>' if text else ""


def in_brackets(text: str) -> str:
    """HTML with the words of its notes in brackets, for where no note can stand."""
    return _ELEMENT.sub(r" (\1)", text)


def _kept(kept: str) -> dict[str, str]:
    try:
        notes = json.loads(kept or "[]")
    except ValueError:
        return {}
    if not isinstance(notes, list):
        return {}
    return {str(note.get("id")): str(note.get("content") or "") for note in notes if isinstance(note, dict)}


def _markdown(node: LexborNode) -> str:
    name = tag(node)
    if name == "-text":
        return _MARKDOWN.sub(r"\\\1", node.text())
    if name in ("script", "style", "-comment"):
        return ""
    if name == "br":
        return " "
    inside = "".join(_markdown(child) for child in nodes.children(node))
    if name in _EMPHASIS and inside.strip():
        return f"{_EMPHASIS[name]}{inside.strip()}{_EMPHASIS[name]}"
    address = nodes.safe_address(attribute(node, "href")) if name == "a" else ""
    if address.startswith(("http://", "https://")) and inside.strip():
        return f"[{inside}](<{address.replace('<', '%3C').replace('>', '%3E')}>)"
    return f"{inside} " if name in ("p", "div", "li") else inside

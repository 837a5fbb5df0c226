"""The block editor's format: HTML in which comments such as `<!-- wp:image {"id":5} -->` begin and end a block."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Angle brackets in attributes are written as \\u003c and \\u003e.
_MARK = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][\w-]*(?:/[a-z][\w-]*)?)\s+(?P<attributes>\{[^<>]*?\}\s+)?(?P<void>/)?-->",
)
DEEPEST = 64  # blocks within blocks; what is nested further is read as part of its parent


@dataclass(slots=True)
class EditorBlock:
    """A block with what it holds: its own HTML and other blocks, in order. No `core/` in the name; "" is free text."""

    name: str
    attributes: dict[str, object] = field(default_factory=dict)
    parts: list["str | EditorBlock"] = field(default_factory=list)

    @property
    def html(self) -> str:
        """All of its HTML, that of the blocks inside included, without the marks."""
        return "".join(part if isinstance(part, str) else part.html for part in self.parts)

    @property
    def inner(self) -> "Iterator[EditorBlock]":
        return (part for part in self.parts if isinstance(part, EditorBlock))


def is_block_content(text: str) -> bool:
    return "<!-- wp:" in text


def parse(text: str) -> list[EditorBlock]:
    """The blocks of a post. Marks without a partner are passed over: a block left open ends where its parent ends."""
    root = EditorBlock("")
    open_blocks = [root]
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            open_blocks[-1].parts.append(text[at : mark.start()])
        at = mark.end()
        _take(mark, open_blocks)
    if at < len(text):
        open_blocks[-1].parts.append(text[at:])
    return [part if isinstance(part, EditorBlock) else EditorBlock("", parts=[part]) for part in root.parts]


def _take(mark: re.Match[str], open_blocks: list[EditorBlock]) -> None:
    name = mark["name"].removeprefix("core/")
    if mark["close"]:
        names = [block.name for block in open_blocks]
        if name in names[1:]:
            del open_blocks[len(names) - names[::-1].index(name) - 1 :]
        return
    block = EditorBlock(name, _attributes(mark["attributes"]))
    open_blocks[-1].parts.append(block)
    if not mark["void"] and len(open_blocks) < DEEPEST:
        open_blocks.append(block)


def _attributes(text: str | None) -> dict[str, object]:
    try:
        value = json.loads(text) if text else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}

"""What an article says, as neutral blocks: from classic content, from shortcodes, from the block editor."""

import re
from dataclasses import dataclass, field

from broadsheet.transfer.wordpress import gutenberg, nodes, shortcodes
from broadsheet.transfer.wordpress.blocks import Block, Library
from broadsheet.transfer.wordpress.comment_text import comment_html
from broadsheet.transfer.wordpress.flow import Flow
from broadsheet.transfer.wordpress.gutenberg import EditorBlock
from broadsheet.transfer.wordpress.shortcodes import Feedback

__all__ = ["ArticleContent", "article_blocks", "comment_html", "credit_line"]

_CONTAINERS = nodes.names("columns column group row stack cover media-text buttons text-columns post-content")
_PLAIN = nodes.names(
    "paragraph heading list list-item quote pullquote code preformatted verse separator table image "
    "gallery file audio video button subhead cover-image details footnotes"
)
_NOTHING = frozenset({"more", "nextpage", "spacer"})
_CLASSIC = frozenset({"", "freeform", "classic", "shortcode"})
_VISIBLE = re.compile(r"<(?:img|video|audio|iframe)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")

_CREDIT = re.compile(
    r"(?:Via|By|From|Source|Courtesy of|Rep(?:rint|ublish)ed from"
    r"|Originally (?:published|appeared) (?:by|in|at|on)):?\s+"
    r"(?:[Tt]he\s+)?(?:[A-Z][\w.’'&-]*(?:\s+(?:of|and|de|for)\s+|[\s,/]+|$)){1,8}"
)
_LONGEST_CREDIT = 100  # characters; longer first lines are sentences


@dataclass(frozen=True, slots=True)
class ArticleContent:
    """The blocks, and what they could not tell: `unknown` names shortcodes, editor blocks and elements."""

    blocks: list[Block]
    unknown: list[str] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)


def article_blocks(html: str, attachments: Library | None = None, post_id: int = 0) -> ArticleContent:
    """The body of a post. With attachments known, pictures are named by id and shown at full size.

    `post_id` is needed for a `[gallery]` that shows whatever was uploaded to its post.
    """
    library = attachments if attachments is not None else Library()
    lines = nodes.cdata_as_text(html.replace("\r\n", "\n").replace("\r", "\n"))
    text = shortcodes.expanded(lines, library, post_id)
    unknown = list(text.unknown)
    flow = Flow(library, unknown)
    if gutenberg.is_block_content(text.text):
        for block in gutenberg.parse(text.text):
            _add(block, flow)
    else:
        flow.add(text.text, breaks=True)
    return ArticleContent(flow.done(), list(dict.fromkeys(unknown)), text.feedback)


def credit_line(html: str) -> str | None:
    """A first line that seems to name whom the article came from; only ever a suggestion."""
    body = nodes.parse(html[:4000])
    lines = (line.strip() for line in body.text(separator="\n").splitlines())
    first = " ".join(next((line for line in lines if line), "").split())
    return first if len(first) <= _LONGEST_CREDIT and _CREDIT.fullmatch(first.rstrip(".")) else None


def _add(block: EditorBlock, flow: Flow) -> None:
    name = block.name
    if name in _CLASSIC:
        flow.add(block.html, breaks=True)
    elif name in _CONTAINERS:
        _add_parts(block, flow)
    elif name in _PLAIN:
        flow.add(block.html, breaks=False)
    elif name == "embed" or name.startswith("core-embed/"):
        _add_embed(block, flow)
    elif name == "html":
        flow.put_html(block.html)
    elif name not in _NOTHING:
        flow.unknown.append(f"wp:{name}")
        flow.put_html(block.html)


def _add_parts(block: EditorBlock, flow: Flow) -> None:
    """A container falls away, what it holds stays; a picture of its own stands in its HTML between the blocks."""
    for part in block.parts:
        if isinstance(part, EditorBlock):
            _add(part, flow)
        elif _VISIBLE.search(part) or _TAGS.sub("", part).strip():
            flow.add(part, breaks=False)


def _add_embed(block: EditorBlock, flow: Flow) -> None:
    url = nodes.safe_address(str(block.attributes.get("url", "")))
    if not url:
        flow.add(block.html, breaks=False)
        return
    captions = nodes.parse(block.html).css("figcaption")
    flow.put("embed", {"url": url, "title": nodes.plain(captions[-1]) if captions else ""})

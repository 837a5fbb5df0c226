"""Foreign HTML read as a flow of neutral blocks: each element becomes the block that says the same, or an html block.

Text that stands by itself becomes paragraphs. Two manners: the block editor marks paragraphs up; older content leaves
them to line breaks (`breaks`), which WordPress finds by a chain of replacements and we on the parsed tree.
"""

import html
import re
from collections.abc import Callable, Iterable

from selectolax.lexbor import LexborNode

from broadsheet.kit import sanitising
from broadsheet.transfer.wordpress import media, nodes, notes, quotes, tables
from broadsheet.transfer.wordpress.blocks import Block, Library
from broadsheet.transfer.wordpress.nodes import attribute, children, classes, tag

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_UNWRAPPED = nodes.names(
    "div section article main header footer aside nav center address fieldset hgroup body html figcaption"
)
_AS_HTML = nodes.names("table dl details form svg math select textarea input button canvas map")
_MEDIA = frozenset({"iframe", "embed", "object", "video", "audio"})
_DROPPED = frozenset({"script", "style", "noscript", "link", "meta", "title", "template"})
_LOST_WHEN_CLEANED = frozenset(
    {"form", "svg", "math", "select", "textarea", "input", "button", "canvas", "map"}
)
_NOT_IN_TEXT = ", ".join(
    sorted(
        nodes.names("img p hr ul ol blockquote pre figure") | set(_HEADINGS) | _UNWRAPPED | _AS_HTML | _MEDIA
    )
)
_NOT_IN_A_LIST = ", ".join(
    ["img:not(.emoji, .wp-smiley)", *sorted(nodes.names("table blockquote pre figure dl form hr") | _MEDIA)]
)
_ADDRESS_ALONE = re.compile(r"https?://[^\s<>\"]{3,2000}")
_LANGUAGE = re.compile(r"(?:language-|lang[-:]|brush:\s*)([\w+#-]{1,40})")


class Flow:
    """Takes HTML piece by piece; `blocks` are complete after `done`."""

    def __init__(self, library: Library, unknown: list[str]) -> None:
        self.library = library
        self.unknown = unknown
        self._blocks: list[Block] = []
        self._paragraphs: list[str] = []
        self._run: list[LexborNode] = []
        self._breaks = False
        self._depth = 0
        self._deeds: dict[str, Callable[[LexborNode], None]] = {
            "p": self._unwrap,
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "pre": self._code,
            "figure": self._figure,
            "img": self._image,
            "hr": lambda _: self.put("separator", None),
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(_UNWRAPPED, self._unwrap),
            **dict.fromkeys(_AS_HTML, self._html),
            "table": self._table,
            **dict.fromkeys(_MEDIA, self._media),
            **dict.fromkeys(_DROPPED, self._drop),
        }

    def add(self, text: str, *, breaks: bool) -> None:
        """Read one piece of HTML to its end."""
        self._breaks = breaks
        self._flow(children(nodes.parse(text)))
        self._end_run()

    def put(self, kind: str, value: object) -> None:
        """Add a block after what came before."""
        self._end_run()
        self._end_paragraphs()
        self._blocks.append(Block(type=kind, value=value))

    def put_html(self, text: str) -> None:
        """What nothing else fits, made harmless; nothing at all if nothing is left of it."""
        cleaned = sanitising.clean_article(notes.in_brackets(text)).strip()
        if re.sub(r"<(?!img\b)[^>]*>|&nbsp;|\s", "", cleaned):
            self.put("html", cleaned)

    def done(self) -> list[Block]:
        self._end_run()
        self._end_paragraphs()
        return self._blocks

    def _flow(self, nodes_here: Iterable[LexborNode]) -> None:
        self._depth += 1
        for node in nodes_here:
            name = tag(node)
            if nodes.is_smiley(node):
                self._run.append(node)
            elif deed := self._deeds.get(name):
                deed(node)
            elif name == "a" and node.css_first("img"):
                self._linked_image(node)
            elif name[:1] != "-" and self._depth < nodes.DEEPEST and node.css_first(_NOT_IN_TEXT):
                self._unwrap(node)
            else:
                self._run.append(node)
        self._depth -= 1

    def _end_run(self) -> None:
        run, self._run = self._run, []
        for text in nodes.inline(run, breaks=self._breaks) if run else ():
            self._text(text)

    def _text(self, text: str) -> None:
        alone = _ADDRESS_ALONE.fullmatch(text)
        if alone:
            self._address(html.unescape(alone[0]))
        else:
            self._paragraphs.append(f"<p>{text}</p>")

    def _address(self, url: str) -> None:
        """An address alone on its line is shown as what it leads to."""
        if media.is_picture(url):
            self.put("image", self.library.picture(url=url))
        else:
            self.put("embed", {"url": url, "title": ""})

    def _end_paragraphs(self) -> None:
        if self._paragraphs:
            self._blocks.append(Block(type="paragraph", value="".join(self._paragraphs)))
            self._paragraphs = []

    def _unwrap(self, node: LexborNode) -> None:
        self._end_run()
        if "gallery" in attribute(node, "class") and media.is_only(node):
            self._gallery(node)
        elif "wp-caption" in classes(node) and media.is_only(node):
            self._figure(node)
        elif self._depth < nodes.DEEPEST:
            self._flow(children(node))
        else:
            self._run.append(node)
        self._end_run()

    def _heading(self, node: LexborNode) -> None:
        self._end_run()
        if node.css_first("img"):
            self._unwrap(node)
            return
        name = _HEADINGS[tag(node)]
        text = "<br>".join(nodes.inline(list(children(node)), breaks=False))
        if text:
            self._paragraphs.append(f"<{name}>{text}</{name}>")

    def _list(self, node: LexborNode) -> None:
        self._end_run()
        if "gallery" in attribute(node, "class") and media.is_only(node):
            self._gallery(node)
        elif node.css_first(_NOT_IN_A_LIST):
            self._html(node)
        else:
            self._paragraphs += filter(None, [nodes.listed(node, breaks=self._breaks)])

    def _quote(self, node: LexborNode) -> None:
        quote = quotes.quote(node, breaks=self._breaks)
        if quote:
            self.put("quote", quote)
        else:
            self._html(node)

    def _code(self, node: LexborNode) -> None:
        marked = {tag(inner) for inner in node.css("*")} - {"pre", "code", "br", "span"}
        if marked:
            self._html(node)
            return
        for line in node.css("br"):
            line.replace_with("\n")
        code = node.css_first("code")
        named = " ".join(attribute(part, "class") for part in (node, code) if part is not None)
        language = _LANGUAGE.search(named)
        text = node.text(separator="").strip("\n")
        if text.strip():
            self.put("code", {"text": text, "language": language[1].lower() if language else ""})

    def _figure(self, node: LexborNode) -> None:
        caption = media.caption(node)
        if ids := attribute(node, "data-gallery"):
            pictures = [self.library.picture(ident=int(ident)) for ident in ids.split(",") if ident.isdigit()]
            self.put("gallery", {"images": [picture for picture in pictures if picture], "caption": ""})
        elif url := attribute(node, "data-embed") or media.bare_address(node):
            self._embed(url, attribute(node, "title") or caption)
        elif node.css_first("table"):
            self._table(node)
        elif "wp-block-pullquote" in classes(node) and (quote := quotes.pull_quote(node)):
            self.put("quote", quote)
        elif media.is_only(node):
            self._pictures(node)
        elif not media.other_words(node) and (found := node.css_first(", ".join(sorted(_MEDIA)))):
            self._media(found, caption)
        else:
            self._unwrap(node)

    def _pictures(self, node: LexborNode) -> None:
        pictures = node.css("img")
        if len(pictures) > 1:
            self._gallery(node)
        elif picture := media.picture(pictures[0], self.library, node):
            self.put("image", picture)
        else:
            self._flow(children(node))

    def _gallery(self, node: LexborNode) -> None:
        pictures = [media.picture(picture, self.library) for picture in node.css("img")]
        kept = [picture for picture in pictures if picture]
        if kept:
            self.put("gallery", {"images": kept, "caption": media.shared_caption(node, kept)})
        else:
            self._flow(children(node))

    def _image(self, node: LexborNode) -> None:
        picture = media.picture(node, self.library)
        if picture:
            self.put("image", picture)

    def _linked_image(self, node: LexborNode) -> None:
        """The picture stays; where it led is told, if that is more than the picture itself."""
        self._end_run()
        address = nodes.safe_address(attribute(node, "href"))
        if address and not media.is_picture(address) and "attachment" not in address and address[0] != "#":
            self.unknown.append(f"link on a picture: {address}")
        self._flow(children(node))
        self._end_run()

    def _media(self, node: LexborNode, title: str = "") -> None:
        url = media.address(node)
        if url:
            self._embed(url, title or attribute(node, "title"))
        else:
            self.unknown.append(f"<{tag(node)}>")

    def _embed(self, url: str, title: str) -> None:
        safe = nodes.safe_address(url)
        if safe:
            self.put("embed", {"url": safe, "title": title})

    def _html(self, node: LexborNode) -> None:
        if tag(node) in _LOST_WHEN_CLEANED:
            self.unknown.append(f"<{tag(node)}>")
        self.put_html(node.html or "")

    def _table(self, node: LexborNode) -> None:
        if grid := tables.grid(node):
            self.put("table", grid)
        else:
            self._html(node)

    def _drop(self, node: LexborNode) -> None:
        if tag(node) in ("script", "style"):
            self.unknown.append(f"<{tag(node)}>")

"""Pictures, players and frames in foreign HTML: which file they show, and what stands under them."""

import re

from selectolax.lexbor import LexborNode

from broadsheet.transfer.wordpress.blocks import Library, Picture
from broadsheet.transfer.wordpress.comments import whole
from broadsheet.transfer.wordpress.nodes import attribute, classes, plain, safe_address, tag

_PICTURE_FILE = re.compile(r"[^?#]+\.(?:jpe?g|png|gif|webp|avif|bmp)(?:[?#].*)?", re.IGNORECASE)
_CAPTIONS = "figcaption, .wp-caption-text, .gallery-caption"
_ADDRESS = re.compile(r"https?://\S+")
# The page that a person would open, for the two players that stand in nearly every old article.
_PLAYERS = (
    (
        re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,20}).*"),
        r"https://www.youtube.com/watch?v=\1",
    ),
    (re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(\d+).*"), r"https://vimeo.com/\1"),
)


def is_picture(url: str) -> bool:
    return _PICTURE_FILE.fullmatch(url) is not None


def picture(node: LexborNode, library: Library, figure: LexborNode | None = None) -> Picture | None:
    """An `img` with the caption of its figure; lazily loaded ones name their file elsewhere."""
    around = figure if figure is not None else _figure_of(node)
    source = attribute(node, "src")
    if not source or source.startswith("data:"):
        source = (
            attribute(node, "data-src")
            or attribute(node, "data-lazy-src")
            or attribute(node, "data-orig-file")
        )
    address = safe_address(source)
    if address.startswith("//"):
        address = f"https:{address}"
    return library.picture(
        url=address,
        ident=_attachment_id(node, around),
        alt=attribute(node, "alt"),
        caption=caption(around) if around is not None else "",
    )


def caption(figure: LexborNode) -> str:
    """The words under a figure."""
    found = figure.css(_CAPTIONS)
    return plain(found[-1]) if found else ""


def shared_caption(gallery: LexborNode, pictures: list[Picture]) -> str:
    """The words under a gallery that no single picture has taken."""
    taken = {picture["caption"] for picture in pictures}
    texts = (plain(found) for found in gallery.css(_CAPTIONS))
    return " ".join(dict.fromkeys(text for text in texts if text and text not in taken))


def is_only(figure: LexborNode) -> bool:
    """Whether pictures and their captions are all there is to see."""
    return figure.css_first("img") is not None and not other_words(figure)


def other_words(figure: LexborNode) -> bool:
    """Whether a figure says more than its captions."""
    captions = sum(len("".join(plain(each).split())) for each in figure.css(_CAPTIONS))
    return len("".join(plain(figure).split())) != captions  # fewer, where captions stand in captions


def address(node: LexborNode) -> str:
    """What a player or a frame plays, as a page that can be opened where there is one."""
    url = attribute(node, "src") or attribute(node, "data-src") or attribute(node, "data")
    if not url and (inner := node.css_first("source[src], embed[src], iframe[src]")):
        url = attribute(inner, "src")
    if not url and (parameter := node.css_first("param[name=movie]")):
        url = attribute(parameter, "value")
    for player, page in _PLAYERS:
        if player.fullmatch(url):
            return player.sub(page, url)
    return f"https:{url}" if url.startswith("//") else safe_address(url)


def bare_address(figure: LexborNode) -> str:
    """The address that the block editor's embeds carry as their only text."""
    if "embed" not in attribute(figure, "class") or figure.css_first("iframe, blockquote"):
        return ""
    found = _ADDRESS.match(figure.text(separator=" ").strip())
    return found[0] if found else ""


def _figure_of(node: LexborNode) -> LexborNode | None:
    """What stands around this picture and no other."""
    above = node.parent
    for _ in range(4):
        if above is None or tag(above) == "body":
            return None
        if tag(above) in ("figure", "dl", "li") or "wp-caption" in classes(above):
            return above if len(above.css("img")) == 1 else None
        above = above.parent
    return None


def _attachment_id(node: LexborNode, figure: LexborNode | None) -> int | None:
    for name in classes(node):
        if name.startswith("wp-image-"):
            return whole(name.removeprefix("wp-image-")) or None
    for holder in (node, figure):
        if holder is not None and (ident := whole(attribute(holder, "data-id"))):
            return ident
    return None

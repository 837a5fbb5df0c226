"""What a comment says, as HTML of ours: most are plain text, some are HTML, a few hold pictures or spoilers."""

import html
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from broadsheet.kit import sanitising
from broadsheet.transfer.wordpress import media, nodes, shortcodes
from broadsheet.transfer.wordpress.nodes import attribute, children, tag

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_MARKED_UP = re.compile(r"<(?:p|div|ul|ol|blockquote|pre|h[1-6])\b", re.IGNORECASE)
_BLOCK_ENDS = ("</p>", "</ul>", "</ol>", "</blockquote>", "</pre>")
_MEDIA = re.compile(r"<(?:img|iframe|embed|object|video|audio)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"\[\]]{3,2000}")
_QUOTING = ('"', "'", "=", "/")  # before the addresses in the attributes of a tag
_TRAILING = ".,;:!?)'\"…»"
_SPOILER = re.compile(r"\[spoiler(?P<attributes>(?:\s[^\[\]]{0,300})?)\]", re.IGNORECASE)
_SPOILER_ENDS = re.compile(r"\[/spoiler\]", re.IGNORECASE)
_LINE = re.compile(r"<(p|li)>((?:(?!</?(?:p|li|ul|ol|pre|blockquote)\b).)+)", re.DOTALL)
"""A paragraph's or an item's own words."""
_BLOCKS = nodes.names("p ul ol blockquote pre div h1 h2 h3 h4 h5 h6 figure table")


def comment_html(text: str, uploads: Iterable[str] = ()) -> str:
    """Harmless HTML of a comment's text; `uploads` are the addresses of the files that came with it, shown as links."""
    if "<" not in text and "[" not in text and "://" not in text and not uploads:
        return _plain(text)
    if _MARKUP.search(text) is None and "[spoiler" not in text.lower():
        made = _with_links(_plain(text))
    else:
        made = _marked_up(text)
    return sanitising.clean_comment(made + _upload_links(uploads))


def _plain(text: str) -> str:
    """The quick way, for most comments. The text is HTML already: references stay, the rest is escaped."""
    if "&" in text or "<" in text or ">" in text:
        text = html.escape(html.unescape(text), quote=False)
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n")).strip()
    if "\n" not in text:
        return f"<p>{text}</p>" if text else ""
    pieces = (piece.strip() for piece in _EMPTY_LINES.split(text))
    return "".join(f"<p>{piece.replace(chr(10), '<br>')}</p>" for piece in pieces if piece)


def _marked_up(text: str) -> str:
    text = nodes.cdata_as_text(text.replace("\r\n", "\n"))
    if "[spoiler" in text.lower():
        text = _with_spoilers(text)
    if _MEDIA.search(text):
        text = _with_media_as_links(text)
    return _with_links(_paragraphs(text))


def _paragraphs(text: str) -> str:
    """Paragraphs by line breaks, where the text does not mark them up itself."""
    if "\n" not in text and _MARKED_UP.match(text) and text.endswith(_BLOCK_ENDS):
        return text
    made: list[str] = []
    run: list[LexborNode] = []
    for node in [*children(nodes.parse(text)), None]:
        if node is not None and tag(node) not in _BLOCKS:
            run.append(node)
            continue
        made += [f"<p>{piece}</p>" for piece in nodes.inline(run, breaks=True)]
        run = []
        if node is not None:
            made.append(_block(node))
    return "".join(made)


def _block(node: LexborNode) -> str:
    if tag(node) == "p":
        return "".join(f"<p>{piece}</p>" for piece in nodes.inline(list(children(node)), breaks=True))
    if tag(node) == "blockquote" and not any(tag(child) in _BLOCKS for child in children(node)):
        pieces = nodes.inline(list(children(node)), breaks=True)
        return f"<blockquote>{''.join(f'<p>{piece}</p>' for piece in pieces)}</blockquote>"
    return node.html or ""


def _with_spoilers(text: str) -> str:
    """A spoiler becomes a quotation under its title, whose words are covered as those of our own spoilers are."""
    out: list[str] = []
    at = 0
    while (opening := _SPOILER.search(text, at)) and (end := _SPOILER_ENDS.search(text, opening.end())):
        out.append(text[at : opening.start()])
        title = shortcodes.attributes(html.unescape(opening["attributes"])).get("title") or "Spoiler"
        inside = _LINE.sub(
            r'<\1><span class="spoiler">\2</span>',
            _paragraphs(text[opening.end() : end.start()].strip()),
        )
        out.append(f"\n\n<blockquote><p><strong>{html.escape(title)}</strong></p>{inside}</blockquote>\n\n")
        at = end.end()
    out.append(text[at:])
    return "".join(out)


def _with_media_as_links(text: str) -> str:
    """Pictures, frames and players become links: nothing foreign loads in a thread, and nothing is lost."""
    body = nodes.parse(text)
    for node in body.css("img, iframe, embed, object, video, audio"):
        url = attribute(node, "src") if tag(node) == "img" else media.address(node)
        words = attribute(node, "alt") or attribute(node, "title") or file_name(url)
        above = node.parent
        inside_link = above is not None and tag(above) == "a"
        link = html.escape(words, quote=False) if inside_link or nodes.is_smiley(node) else _link(url, words)
        replacement = nodes.parse(link).child
        if replacement is not None:
            node.insert_before(replacement)
        if above is not None and inside_link and url not in ("", attribute(above, "href")):
            _insert_after(above, f" ({_link(url, file_name(url))})")
        node.decompose()
    return body.inner_html or ""


def _insert_after(node: LexborNode, text: str) -> None:
    for part in reversed(list(children(nodes.parse(text)))):
        node.insert_after(part)


def _with_links(text: str) -> str:
    """Addresses written out become links, as WordPress makes them when it shows a comment; those in links stay."""
    if "://" not in text:
        return text
    if "<a" not in text and "<pre" not in text and "<code" not in text:
        return _ADDRESS.sub(_address, text)
    pieces = re.split(r"(<(a|pre|code)\b.*?</\2>)", text, flags=re.DOTALL | re.IGNORECASE)
    return "".join(
        _ADDRESS.sub(_address, piece) if place % 3 == 0 else piece
        for place, piece in enumerate(pieces)
        if place % 3 != 2
    )


def _address(found: re.Match[str]) -> str:
    if found.string[found.start() - 1 : found.start()] in _QUOTING:
        return found[0]
    shown = found[0].rstrip(_TRAILING)
    if "(" in shown and found[0][len(shown) :].startswith(")"):
        shown += ")"
    return f'<a href="{shown}">{shown}</a>{found[0][len(shown) :]}'


def _upload_links(uploads: Iterable[str]) -> str:
    links = "<br>".join(_link(url, file_name(url)) for url in uploads)
    return f"<p>{links}</p>" if links else ""


def _link(url: str, words: str) -> str:
    return (
        f'<a href="{html.escape(url)}">{html.escape(words, quote=False)}</a>'
        if url
        else html.escape(words, quote=False)
    )


def file_name(url: str) -> str:
    """What to call a file of which nothing but the address is known: its name, else the address without its scheme."""
    try:
        name = unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return url
    return name if "." in name else url.partition("://")[2] or url

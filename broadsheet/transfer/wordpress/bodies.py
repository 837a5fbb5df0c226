"""Neutral blocks as the body stores them: pictures of ours in their places, links where there is no picture."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from broadsheet.kit.addresses import web_address
from broadsheet.kit.sanitising import clean_article
from broadsheet.transfer.wordpress.blocks import Block
from broadsheet.transfer.wordpress.blocks import Picture as Shown
from broadsheet.transfer.wordpress.comment_text import file_name

Raw = dict[str, Any]
FindPicture = Callable[[str], "tuple[int, str] | None"]
"""From an old address to a picture's number and its address here; None where there is none."""

_IMG = re.compile(r"<img\b[^>]*>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_WORDS = {"alt": 500, "caption": 500, "credit": 200}
"""Characters that the body's blocks take."""


def body(blocks: list[Block], find: FindPicture, base: str) -> list[Raw]:
    """The body as StreamField keeps it. `base` is the old site, for addresses without a host."""
    return [{**raw, "id": str(uuid4())} for block in blocks for raw in _stored(block, find, base)]


def addresses(blocks: list[Block]) -> Iterator[str]:
    """The old addresses of all pictures that the blocks show."""
    for block in blocks:
        value: Any = block["value"]
        if block["type"] == "image":
            yield value["url"]
        elif block["type"] == "gallery":
            yield from (shown["url"] for shown in value["images"])
        elif block["type"] == "html":
            yield from (
                address for image in _IMG.findall(value) if (address := _attributes(image).get("src"))
            )


def _stored(block: Block, find: FindPicture, base: str) -> Iterator[Raw]:
    kind = block["type"]
    value: Any = block["value"]
    match kind:
        case "image":
            yield _image(value, find, base)
        case "gallery":
            yield from _gallery(value, find, base)
        case "html":
            if cleaned := _without_foreign_pictures(value, find, base):
                yield {"type": kind, "value": cleaned}
        case "embed":
            yield _embed(value, base)
        case "quote":
            yield _quote(value)
        case _:
            yield {"type": kind, "value": value}


def _image(shown: Shown, find: FindPicture, base: str) -> Raw:
    if found := find(shown["url"]):
        return {"type": "image", "value": {"image": found[0], **_words(shown)}}
    return {
        "type": "paragraph",
        "value": f"<p>{_link(shown['url'], shown['caption'] or shown['alt'], base)}</p>",
    }


def _gallery(value: Mapping[str, Any], find: FindPicture, base: str) -> Iterator[Raw]:
    """The pictures there are, then links to those that are missing."""
    items, missing = [], []
    for shown in value["images"]:
        if found := find(shown["url"]):
            item = {"image": found[0], **_words(shown)}
            items.append({"type": "item", "value": item, "id": str(uuid4())})
        else:
            missing.append(_link(shown["url"], shown["caption"] or shown["alt"], base))
    if items:
        yield {"type": "gallery", "value": {"images": items, "caption": value["caption"][:500]}}
    if missing:
        yield {"type": "paragraph", "value": f"<ul>{''.join(f'<li>{link}</li>' for link in missing)}</ul>"}


def _quote(value: Mapping[str, Any]) -> Raw:
    words = {"text": value["text"], "attribution": value["attribution"][:200]}
    return {"type": "pull_quote" if value["pull"] else "quote", "value": words}


def _embed(value: Mapping[str, str], base: str) -> Raw:
    url = _absolute(value["url"], base)
    if url is None:
        return {"type": "paragraph", "value": f"<p>{escape(value['title'] or value['url'], quote=False)}</p>"}
    return {"type": "embed", "value": {"url": url, "title": value["title"][:300]}}


def _without_foreign_pictures(html: str, find: FindPicture, base: str) -> str:
    """Our own pictures where we have them; nothing in a page may load from elsewhere."""
    if "<img" not in html:
        return html

    def replaced(image: re.Match[str]) -> str:
        attributes = _attributes(image[0])
        address, alt = attributes.get("src", ""), attributes.get("alt", "")
        if found := find(address):
            return f'<img src="{escape(found[1])}" alt="{escape(alt)}">'
        return _link(address, alt, base)

    return clean_article(_IMG.sub(replaced, html)).strip()


def _words(shown: Shown) -> dict[str, str]:
    every: Mapping[str, Any] = shown
    return {name: every[name][:most] for name, most in _WORDS.items()}


def _link(url: str, words: str, base: str) -> str:
    address = _absolute(url, base)
    shown = escape(words or file_name(url) or "picture", quote=False)
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown


def _absolute(url: str, base: str) -> str | None:
    try:
        return web_address(urljoin(base, url))
    except ValueError:
        return None


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}

"""An article's body as HTML: our own, from the blocks as they are stored, and sanitised.

It reads the stored form and not Wagtail's values, so that all pictures of all bodies of a page come in one query.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from broadsheet.articles.figures import Figure, Pictures, figure_of
from broadsheet.kit.addresses import web_address
from broadsheet.kit.sanitising import clean_article

Body = Any  # a StreamValue; Wagtail has no types

# Wagtail would ask the network for what stands elsewhere, and make renditions of pictures. Neither belongs in a page.
_EMBED = re.compile(r"<embed\b[^>]*>", re.I)


def body_html(body: Body, pictures: Pictures) -> SafeString:
    """The blocks of a body; `pictures` holds those that `picture_ids` named."""
    html = "\n".join(_block(block["type"], block["value"], pictures) for block in body.get_prep_value())
    return mark_safe(html)  # noqa: S308 - every block is sanitised or escaped where it is made


def picture_ids(body: Body) -> Iterator[int]:
    """The numbers of the pictures in a body."""
    for block in body.get_prep_value():
        if block["type"] == "image":
            yield from _ids([block["value"]])
        elif block["type"] == "gallery":
            yield from _ids(_items(block["value"]))


def _block(kind: str, value: Any, pictures: Pictures) -> str:
    match kind:
        case "paragraph":
            return clean_article(expand_db_html(_EMBED.sub("", value)))
        case "html":
            return _foreign(clean_article(value))
        case "embed":
            return _elsewhere(value)
        case "image" | "gallery":
            return _pictured(kind, value, pictures)
        case "quote" | "code" | "separator":
            return render_to_string(f"articles/blocks/{kind}.html", {"value": value})
    return ""  # a block of another edition: what it was made of is kept, and not shown


def _foreign(html: str) -> str:
    """Sanitised HTML; a table, which may be wider than the page, can be scrolled by itself and by keyboard."""
    return render_to_string("articles/blocks/html.html", {"html": mark_safe(html), "table": "<table" in html})  # noqa: S308


def _figure(value: Mapping[str, Any], pictures: Pictures) -> Figure | None:
    picture = pictures.get(value.get("image") or 0)
    if picture is None:
        return None
    words = {word: value.get(word) or "" for word in ("alt", "caption", "credit")}
    return figure_of(picture, **words)


def _pictured(kind: str, value: Mapping[str, Any], pictures: Pictures) -> str:
    """One picture or several; one that has left the library leaves no trace."""
    items = _items(value) if kind == "gallery" else [value]
    figures = [figure for item in items if (figure := _figure(item, pictures))]
    if not figures:
        return ""
    if kind == "image":
        return render_to_string("articles/parts/figure.html", {"figure": figures[0]})
    return render_to_string(
        "articles/blocks/gallery.html", {"figures": figures, "caption": value.get("caption")}
    )


def _elsewhere(value: Mapping[str, Any]) -> str:
    url = web_address(value.get("url") or "")
    if url is None:
        return format_html("<p>{}</p>", value.get("title") or "")
    context = {
        "url": url,
        "title": value.get("title"),
        "host": (urlsplit(url).hostname or "").removeprefix("www."),
    }
    return render_to_string("articles/blocks/embed.html", context)


def _items(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pictures of a gallery; lists were once stored without the `item` around each."""
    return [item["value"] if item.get("type") == "item" else item for item in value.get("images") or []]


def _ids(values: list[Mapping[str, Any]]) -> Iterator[int]:
    yield from (value["image"] for value in values if value.get("image"))

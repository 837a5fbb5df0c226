"""An article's body as HTML: our own, from the blocks as they are stored, and sanitised.

It reads the stored form and not Wagtail's values, so that all pictures of all bodies of a page come in one query.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from broadsheet.articles import asked, elsewhere, tables
from broadsheet.articles.figures import Figure, Pictures, figure_of
from broadsheet.articles.footnotes import Notes
from broadsheet.articles.models import Article, Embed
from broadsheet.kit.addresses import web_address
from broadsheet.kit.sanitising import clean_article

Body = Any  # a StreamValue; Wagtail has no types
Value = Any  # what a block stores: text, or a mapping

# Wagtail would ask the network for what stands elsewhere, and make renditions of pictures. Neither belongs in a page.
_EMBED = re.compile(r"<embed\b[^>]*>", re.I)


def body_html(body: Body, pictures: Pictures, inserts: asked.Inserts | None = None) -> SafeString:
    """The blocks of a body, and its notes at the end; `pictures` holds those that `picture_ids` named."""
    blocks = [(block["type"], _value_of(block)) for block in body.get_prep_value()]
    known = elsewhere.embeds(value.get("url") or "" for kind, value in blocks if kind == "embed")
    setting = _Setting(pictures, _related(blocks), known, asked.Marks(inserts or asked.Inserts()))
    html = "\n".join(_BLOCKS[kind](value, setting) for kind, value in blocks if kind in _BLOCKS)
    return mark_safe(html + setting.notes.section())  # noqa: S308 - every block is sanitised or escaped where it is made


def text_html(text: str) -> SafeString:
    """Rich text that stands outside a body; there are no footnotes in it."""
    return mark_safe(clean_article(expand_db_html(_EMBED.sub("", text))))  # noqa: S308 - sanitised here


def picture_ids(body: Body) -> Iterator[int]:
    """The numbers of the pictures in a body."""
    for block in body.get_prep_value():
        if block["type"] == "image":
            yield from _ids([block["value"]])
        elif block["type"] == "gallery":
            yield from _ids(_items(block["value"], "images"))


@dataclass
class _Setting:
    """One body while it is set: what its blocks show, and what they share."""

    pictures: Pictures
    articles: Mapping[int, Article]
    embeds: Mapping[str, Embed]
    marks: asked.Marks
    notes: Notes = field(default_factory=Notes)
    labels: int = 0

    def label(self) -> str:
        """An id that no other part of the page has."""
        self.labels += 1
        return f"part-{self.labels}"


def _text(value: str, setting: _Setting) -> SafeString:
    html = clean_article(expand_db_html(setting.marks.lift(setting.notes.lift(_EMBED.sub("", value)))))
    return mark_safe(setting.notes.place(setting.marks.place(html)))  # noqa: S308 - sanitised in the line above


def _foreign(value: str, setting: _Setting) -> str:
    """Sanitised HTML; a table, which may be wider than the page, can be scrolled by itself and by keyboard."""
    html = clean_article(value)
    return render_to_string("articles/blocks/html.html", {"html": mark_safe(html), "table": "<table" in html})  # noqa: S308


def _quote(value: Value, setting: _Setting) -> str:
    source = web_address(value.get("source") or "")
    return render_to_string(
        "articles/blocks/quote.html",
        {"value": value, "source": source, "host": elsewhere.host_of(source or "")},
    )


def _callout(value: Value, setting: _Setting) -> str:
    html = _text(value.get("text") or "", setting)
    return render_to_string(
        "articles/blocks/callout.html", {"value": value, "html": html, "id": setting.label()}
    )


def _table(value: Value, setting: _Setting) -> str:
    table = tables.table_of(value, setting.label())
    return render_to_string("articles/blocks/table.html", {"table": table}) if table else ""


def _picture(value: Value, setting: _Setting) -> str:
    """One that has left the library leaves no trace."""
    figure = _figure(value, setting.pictures)
    wide = value.get("width") == "wide"
    return render_to_string("articles/parts/figure.html", {"figure": figure, "wide": wide}) if figure else ""


def _gallery(value: Value, setting: _Setting) -> str:
    figures = [figure for item in _items(value, "images") if (figure := _figure(item, setting.pictures))]
    if not figures:
        return ""
    return render_to_string(
        "articles/blocks/gallery.html", {"figures": figures, "caption": value.get("caption")}
    )


def _figure(value: Value, pictures: Pictures) -> Figure | None:
    picture = pictures.get(value.get("image") or 0)
    if picture is None:
        return None
    words = {word: value.get(word) or "" for word in ("alt", "caption", "credit")}
    if value.get("decorative"):
        words["alt"] = ""
    return figure_of(picture, **words)


def _elsewhere(value: Value, setting: _Setting) -> str:
    embed = elsewhere.elsewhere_of(value, setting.embeds)
    if embed is None:
        return format_html("<p>{}</p>", value.get("title") or "")
    return render_to_string("articles/blocks/embed.html", {"embed": embed})


def _read_on(value: Value, setting: _Setting) -> str:
    chosen = [setting.articles[pk] for pk in _items(value, "articles") if pk in setting.articles]
    if not chosen:
        return ""
    context = {"articles": chosen, "heading": value.get("heading"), "id": setting.label()}
    return render_to_string("articles/blocks/related.html", context)


def _poll(value: Value, setting: _Setting) -> str:
    poll = asked.poll_of(value, value.get("id") or "")
    return setting.marks.inserts.poll(poll) if poll and poll.in_body else ""


def _plain(kind: str) -> "_Deed":
    return lambda value, setting: render_to_string(f"articles/blocks/{kind}.html", {"value": value})


_Deed = Callable[[Any, _Setting], str]
# A kind that is not here is a block of another edition: what it was made of is kept, and not shown.
_BLOCKS: dict[str, _Deed] = {
    "paragraph": _text,
    "list": _text,
    "html": _foreign,
    "quote": _quote,
    "pull_quote": _plain("pull_quote"),
    "callout": _callout,
    "code": _plain("code"),
    "separator": _plain("separator"),
    "table": _table,
    "image": _picture,
    "gallery": _gallery,
    "embed": _elsewhere,
    "related": _read_on,
    "poll": _poll,
}


def _value_of(block: dict[str, Any]) -> Value:
    """What a block stores. A poll is known by the number of its block, which an earlier version has not."""
    return block["value"] if block["type"] != "poll" else block["value"] | {"id": block.get("id")}


def _related(blocks: list[tuple[str, Value]]) -> dict[int, Article]:
    """The live ones among the articles that the blocks name, in one query, if they name any."""
    pks = {pk for kind, value in blocks if kind == "related" for pk in _items(value, "articles") if pk}
    if not pks:
        return {}
    found = Article.objects.filter(live=True).only(
        "headline", "slug", "published_on", "published_at", "language"
    )
    return dict(found.in_bulk(pks))


def _items(value: Value, name: str) -> list[Any]:
    """The items of a list; lists were once stored without the `item` around each."""
    items = value.get(name) or []
    return [
        item["value"] if isinstance(item, dict) and item.get("type") == "item" else item for item in items
    ]


def _ids(values: list[Any]) -> Iterator[int]:
    yield from (value["image"] for value in values if value.get("image"))

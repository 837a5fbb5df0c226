"""What another site shows of an article or a comment that somebody linked to there: https://oembed.com, as provider.

An article is a quotation with a link, made of escaped words alone; a comment a frame with its page for that. Neither
needs a script, and neither does harm anywhere.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator

from broadsheet.articles import pages as article_pages
from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.discussion import embedding
from broadsheet.discussion import pages as discussion_pages
from broadsheet.discussion.models import Comment
from broadsheet.kit import networks
from broadsheet.kit.pages import NotThere
from broadsheet.kit.text import clean
from broadsheet.limits import limiting
from broadsheet.limits.limiting import Rate
from broadsheet.masthead.models import Publication
from broadsheet.press import addresses, old_addresses

Answer = dict[str, Any]

WIDTH, HEIGHT = 600, 400
"""Pixels at most, where the asking site names none."""
CACHE_AGE = 3600
"""Seconds that the asking site may keep the answer."""
_LINE, _LETTER = 24, 9
"""Pixels: an estimate, since the asking site sets the type."""


@dataclass(frozen=True)
class Room:
    """What the asking site has room for, in pixels."""

    width: int = WIDTH
    height: int = HEIGHT

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> "Room":
        """From the address; what is no number is as if it were not said."""
        return cls(_number(query.get("maxwidth"), WIDTH), _number(query.get("maxheight"), HEIGHT))


def answer(url: str, room: Room) -> Answer:
    """The answer for an address of ours; NotThere or Gone where no article and no comment stands."""
    found = addresses.find(_path(url))
    if found is None:
        raise NotThere(url)
    address, said = found
    if address.make is discussion_pages.article:
        return _of_article(article_pages.find_article(**said), room)
    if address.make is discussion_pages.permalink:
        article, comment = discussion_pages.find_comment(**said)
        if comment.visible:  # in the place of what is not, a page says so; there is nothing to show elsewhere
            return _of_comment(article, comment, room)
    raise NotThere(url)


def wait_of(address: str) -> int:
    """Seconds until this network may ask again; 0 if it may now, which is counted."""
    rate = Rate.parse(settings.OPTIONS["limit_oembed_network"])
    key = f"oembed/{settings.KEYRING.digest('network', networks.network_of(address))}"
    return limiting.wait(key, rate)


def as_xml(content: Answer) -> str:
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", AttributesImpl({}))
    for name, value in content.items():
        xml.addQuickElement(name, str(value))
    xml.endElement("oembed")
    return text.getvalue()


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) if text and re.fullmatch(r"[1-9]\d{0,8}", text, re.ASCII) else most


def _path(url: str) -> str:
    """The path of an address of ours as it stands today; a fragment may name a comment."""
    parts, own = urlsplit(url), urlsplit(settings.URL)
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != own.netloc.lower():
        raise NotThere(url)
    path = unquote(parts.path).replace("\0", "\ufffd")  # PostgreSQL takes no NUL; no address has one
    path = old_addresses.target_of(path) or path
    seq = parts.fragment.removeprefix("c-")
    return f"{path}c/{seq}/" if parts.fragment.startswith("c-") and seq.isdecimal() else path


def _of_article(article: Article, room: Room) -> Answer:
    context = article_pages.article_context(article)
    words = context["description"]
    html = format_html(
        '<blockquote cite="{0}"><p><a href="{0}">{1}</a></p><p>{2}</p><footer>{3}</footer></blockquote>',
        absolute(article.path),
        article.headline,
        words,
        _signed(", ".join(person.name for person in context["people"])),
    )
    people = context["people"]
    author = {"author_name": people[0].name, "author_url": absolute(people[0].path)} if people else {}
    picture = context["card"].image
    if picture and picture.width <= room.width and picture.height <= room.height:
        sizes = {"thumbnail_width": picture.width, "thumbnail_height": picture.height}
        author |= {"thumbnail_url": picture.url, **sizes}
    return _rich(article.headline, html, f"{article.headline} {words}", room) | author


def _of_comment(article: Article, comment: Comment, room: Room) -> Answer:
    """A frame, so that what is edited or removed here is so there too; its page needs no script either."""
    title = embedding.title_of(article, comment)
    height = min(room.height, embedding.height_of(comment, room.width))
    html = embedding.frame(article, comment, room.width, height)
    whose = {"author_name": clean(comment.author_name), "height": height}
    return _rich(title, html, "", room) | whose


def _rich(title: str, html: str, words: str, room: Room) -> Answer:
    lines = 2 + math.ceil(len(words) * _LETTER / max(room.width, 1))
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": clean(Publication.current().name),
        "provider_url": absolute("/"),
        "title": clean(title),
        "html": clean(html),
        "width": room.width,
        "height": min(room.height, lines * _LINE),
        "cache_age": CACHE_AGE,
    }


def _signed(names: str) -> str:
    publication = Publication.current().name
    return f"{names} · {publication}" if names else publication

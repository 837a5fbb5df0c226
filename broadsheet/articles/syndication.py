"""RSS, Atom and JSON Feed with the whole text of each article, from one description of a feed."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from broadsheet.articles.site import absolute
from broadsheet.kit.pages import NotThere, Page
from broadsheet.kit.text import clean
from broadsheet.masthead import speaking

_OWN_ADDRESS = re.compile(r'(\s(?:href|src)=")/(?!/)')
_OWN_PLACE = re.compile(r'(\shref=")#')
_MEDIA = "http://search.yahoo.com/mrss/"
_FOR_SCRIPTS = re.compile(r'<p class="embed-load" hidden>.*?</p>', re.S)
_SOURCE_SETS = re.compile(r'\s(?:srcset|sizes)="[^"]*"')


def feeds_of(place: str) -> list[str]:
    """The addresses of the feeds of a list that stands at `place`, `/` for the front page; a tag's list has none."""
    return [] if place.startswith("/tag/") else [f"{place}feed.{kind}" for kind in ("xml", "atom", "json")]


@dataclass(frozen=True)
class Enclosed:
    """The picture at the head of an item: its path, its length in bytes, its size in pixels."""

    path: str
    length: int
    width: int
    height: int
    alt: str
    credit: str
    media_type: str = "image/webp"


@dataclass(frozen=True)
class Item:
    """One entry of a feed; `html` is sanitised, everything else plain text."""

    path: str
    title: str
    summary: str
    html: str
    published_at: datetime
    updated_at: datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comments: str = ""
    picture: Enclosed | None = None
    original: str = ""
    """Where it stood first, if it came from elsewhere; `rights` names the terms and `licence` is their address."""
    rights: str = ""
    licence: str = ""
    language: str = ""
    """Its tag; empty where it is the feed's own."""


@dataclass(frozen=True)
class Feed:
    """A feed before it has a format. `feed_path` is its own address without the format."""

    title: str
    description: str
    path: str
    feed_path: str
    items: list[Item]
    logo: str = ""
    """Its path. RSS has no place for a WebP."""


def feed_page(feed: Feed, kind: str) -> Page:
    """The feed as `xml` (RSS), `atom` or `json`."""
    if kind not in _FORMATS:
        raise NotThere(kind)
    write, content_type = _FORMATS[kind]
    return Page(content=write(feed), content_type=f"{content_type}; charset=utf-8")


def portable(html: str, path: str) -> str:
    """HTML of the page at `path` that still finds its pictures, pages and notes when it is read elsewhere."""
    html = _OWN_PLACE.sub(
        lambda place: f"{place[1]}{absolute(path)}#", _SOURCE_SETS.sub("", _FOR_SCRIPTS.sub("", html))
    )
    return _OWN_ADDRESS.sub(rf"\g<1>{settings.URL}/", html)


class _Dated(SyndicationFeed):
    def latest_post_date(self) -> datetime:
        """Of an empty feed not the present moment, which Django takes: what is the same gives the same bytes."""
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


def _hub() -> str:
    return str(settings.OPTIONS["websub_hub"])


class _Rss(_Dated, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": _MEDIA,
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if hub := _hub():
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author)
        for name in ("source", "rights"):
            if item[name]:
                handler.addQuickElement(f"dc:{name}", item[name])
        if item["language"]:
            handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["html"])
        if item["picture"]:
            _add_media(handler, item["picture"])


def _add_media(handler: SimplerXMLGenerator, picture: Enclosed) -> None:
    """Media RSS: unlike an enclosure, it says how large the picture is and whose."""
    facts = {"url": absolute(picture.path), "medium": "image", "type": picture.media_type}
    sizes = {"width": str(picture.width), "height": str(picture.height)}
    handler.startElement("media:content", AttributesImpl(facts | sizes))
    if picture.alt:
        handler.addQuickElement("media:description", clean(picture.alt), {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", clean(picture.credit))
    handler.endElement("media:content")


class _Atom(_Dated, Atom1Feed):
    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if logo := self.feed["logo"]:
            handler.addQuickElement("logo", absolute(logo))
        if hub := _hub():
            handler.addQuickElement("link", None, {"rel": "hub", "href": hub})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", author)
            handler.endElement("author")
        for relation, address in (("via", item["source"]), ("license", item["licence"])):
            if address:
                handler.addQuickElement("link", "", {"rel": relation, "href": address})
        if item["rights"]:
            handler.addQuickElement("rights", item["rights"])
        handler.addQuickElement("content", item["html"], {"type": "html"})


def _rss(feed: Feed) -> bytes:
    return _xml(_Rss, feed, f"{feed.feed_path}.xml")


def _atom(feed: Feed) -> bytes:
    return _xml(_Atom, feed, f"{feed.feed_path}.atom")


def _xml(kind: type[SyndicationFeed], feed: Feed, path: str) -> bytes:
    written = kind(
        title=clean(feed.title),
        link=absolute(feed.path),
        description=clean(feed.description),
        language=speaking.publication_language(),
        author_name=clean(feed.title),
        feed_url=absolute(path),
        logo=feed.logo,
    )
    for item in feed.items:
        written.add_item(
            title=clean(item.title),
            link=absolute(item.path),
            description=escape(clean(item.summary), quote=False),  # both formats take it for HTML
            unique_id=absolute(item.path),
            unique_id_is_permalink=True,
            pubdate=item.published_at,
            updateddate=item.updated_at,
            categories=_cleaned(item.tags),
            comments=absolute(item.comments) if item.comments else None,
            authors=_cleaned(item.authors),
            language=item.language,
            html=clean(portable(item.html, item.path)),
            picture=item.picture,
            enclosures=[_enclosure(item.picture)] if item.picture else [],
            source=item.original,
            rights=clean(item.rights),
            licence=item.licence,
        )
    return bytes(written.writeString("utf-8").encode())


def _enclosure(picture: Enclosed) -> Enclosure:
    return Enclosure(absolute(picture.path), str(picture.length), picture.media_type)


def _json(feed: Feed) -> bytes:
    """https://www.jsonfeed.org/version/1.1/"""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(feed.title),
        "description": clean(feed.description),
        "home_page_url": absolute(feed.path),
        "feed_url": absolute(f"{feed.feed_path}.json"),
        "language": speaking.publication_language(),
        "items": [_json_item(item) for item in feed.items],
    }
    if feed.logo:
        content["icon"] = absolute(feed.logo)
    if hub := _hub():
        content["hubs"] = [{"type": "WebSub", "url": hub}]
    return json.dumps(content, ensure_ascii=False).encode()


def _json_item(item: Item) -> dict[str, Any]:
    picture = {"image": absolute(item.picture.path)} if item.picture else {}
    elsewhere = {"external_url": item.original} if item.original else {}
    terms = {"_rights": {"name": clean(item.rights), "url": item.licence}} if item.rights else {}
    return picture | {
        "id": absolute(item.path),
        "url": absolute(item.path),
        "title": clean(item.title),
        "summary": clean(item.summary),
        "content_html": clean(portable(item.html, item.path)),
        "date_published": item.published_at.astimezone(UTC).isoformat(),
        "date_modified": item.updated_at.astimezone(UTC).isoformat(),
        "authors": [{"name": name} for name in _cleaned(item.authors)],
        "tags": _cleaned(item.tags),
        **elsewhere,
        **terms,
        **({"language": item.language} if item.language else {}),
    }


def _cleaned(words: Iterable[str]) -> list[str]:
    return [clean(word) for word in words]


_FORMATS = {
    "xml": (_rss, "application/rss+xml"),
    "atom": (_atom, "application/atom+xml"),
    "json": (_json, "application/feed+json"),
}

"""The feeds of the publication, of a section and of a byline."""

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from broadsheet.articles import body, corrections, figures, listing, syndication
from broadsheet.articles.figures import Figure, Pictures
from broadsheet.articles.models import Article, Picture
from broadsheet.articles.pages import lists
from broadsheet.articles.pages.article import description_of
from broadsheet.articles.syndication import Enclosed, Feed, Item
from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Publication


def feed_rss() -> Page:
    """`/feed.xml`"""
    return _of_the_publication("xml")


def feed_atom() -> Page:
    """`/feed.atom`"""
    return _of_the_publication("atom")


def feed_json() -> Page:
    """`/feed.json`"""
    return _of_the_publication("json")


def section_feed(slug: str, format: str) -> Page:  # noqa: A002 - its word in the address
    """What is new in a section and beneath it; `format` is xml, atom or json, here and below."""
    here = lists.find_section(slug)
    articles = listing.newest().filter(section__in=lists.with_those_beneath(here))
    return _feed(here.name, here.description, here.path, articles, format)


def byline_feed(slug: str, format: str) -> Page:  # noqa: A002 - its word in the address
    """What is new from somebody."""
    here = lists.find_person(slug)
    return _feed(here.name, here.role, here.path, listing.newest().filter(bylines__person=here), format)


def _of_the_publication(kind: str) -> Page:
    return _feed("", "", "/", listing.newest(), kind)


def _feed(title: str, description: str, path: str, articles: QuerySet[Article], kind: str) -> Page:
    publication = Publication.current()
    whole = articles.defer(None).prefetch_related(
        "tagged__tag", "corrections__withdrawal", "corrections__version"
    )[: settings.OPTIONS["feed_items"]]
    feed = Feed(
        title=f"{title} · {publication.name}" if title else publication.name,
        description=description or publication.description or publication.motto or publication.name,
        path=path,
        feed_path=f"{path}feed",
        items=_items(list(whole)),
        logo=publication.logo.url if publication.logo else "",
    )
    return syndication.feed_page(feed, kind)


def _items(articles: list[Article]) -> list[Item]:
    leads = [article.lead_picture_id for article in articles if article.lead_picture_id]
    pictures = figures.pictures(
        [*leads, *(pk for article in articles for pk in body.picture_ids(article.body))]
    )
    return [_item(article, pictures) for article in articles if article.published_at]


def _item(article: Article, pictures: Pictures) -> Item:
    assert article.published_at  # noqa: S101 - `_items` leaves out what has none
    html = body.body_html(article.body, pictures)
    lead = listing.lead_figure(article, pictures)
    said = corrections.of_article(article)
    around = {"article": article, "corrections": said, "on_top": corrections.on_top(said)}
    before = [render_to_string(f"articles/parts/{part}.html", around) for part in ("credit", "on_top")]
    after = render_to_string("articles/parts/corrections.html", around)
    return Item(
        path=article.path,
        title=_("Retracted: %s") % article.headline if corrections.is_retracted(said) else article.headline,
        summary=description_of(article, html),
        html="".join([*before, figures.html_of(lead), html, after]),
        published_at=article.published_at,
        updated_at=article.updated_at or article.published_at,
        authors=tuple(person.name for person in listing.people_of(article)),
        tags=tuple(tagged.tag.name for tagged in article.tagged.all()),
        comments=f"{article.path}#discussion",
        picture=_enclosed(pictures.get(article.lead_picture_id or 0), lead),
        original=article.credit_url,
        rights=str(article.terms.name) if article.terms else "",
        licence=article.terms.url if article.terms else "",
        language=article.language,
    )


def _enclosed(picture: Picture | None, lead: Figure | None) -> Enclosed | None:
    rendition = figures.plain_rendition(picture) if picture else None
    if rendition is None or lead is None:
        return None
    try:
        length = rendition.file.size
    except OSError:  # its file is away; readers of feeds take the length for a hint
        length = 0
    words = {"alt": lead.alt, "credit": lead.credit}
    return Enclosed(lead.src, length, rendition.width, rendition.height, **words)

"""schema.org's words for what a page shows, as plain data: `templatetags/machines.py` writes it into the page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.templatetags.static import static

from broadsheet.articles import corrections, listing
from broadsheet.articles.footnotes import without_notes
from broadsheet.articles.models import Article, Correction
from broadsheet.articles.pages import sharing
from broadsheet.articles.pages.sharing import Image
from broadsheet.articles.site import absolute
from broadsheet.articles.translations import Translation
from broadsheet.kit.text import plain
from broadsheet.masthead import speaking
from broadsheet.masthead.models import Person, Publication

Data = dict[str, Any]
Step = tuple[str, str]
"""The name of a place above a page, and its path."""


def of_publication() -> Data:
    """What the front page says: who publishes here."""
    publication = Publication.current()
    return _graph(
        _publisher(publication)
        | {
            "alternateName": publication.motto,
            "description": publication.description,
            "email": publication.contact,
            "inLanguage": speaking.publication_language(),
        }
    )


def of_article(
    article: Article,
    image: Image | None,
    description: str,
    html: str,
    renderings: Callable[[], list[Translation]] = list,
) -> Data:
    """What an article's page says; `html` is its sanitised body, `renderings` its group of translations."""
    publication = Publication.current()
    data = _article(article, _publisher(publication)) | {
        "description": description,
        "image": [image.url] if image else None,
        "wordCount": len(plain(without_notes(html)).split()),
        **_translated(article, renderings()),
    }
    return _graph(data, _crumbs(publication, *_way_to(article)))


def of_list(*steps: Step) -> Data:
    """What a list says: where it stands below the front page."""
    return _graph(_crumbs(Publication.current(), *steps))


def _graph(*things: Data) -> Data:
    """Several things of one page in one block, without what is not known of them."""
    known = [
        {name: value for name, value in thing.items() if value not in (None, [], "")} for thing in things
    ]
    return {"@context": "https://schema.org", "@graph": known}


def _article(article: Article, publisher: Data) -> Data:
    return {
        "@type": "NewsArticle",
        "headline": article.headline,
        "alternativeHeadline": article.standfirst,
        "url": absolute(article.path),
        "mainEntityOfPage": absolute(article.path),
        "datePublished": _moment(article.published_at),
        "dateModified": _moment(sharing.modified_at(article)),
        "inLanguage": article.written_in,
        "articleSection": article.section.name if article.section else None,
        "keywords": [tagged.tag.name for tagged in article.tagged.all()],
        "author": [_person(person) for person in listing.people_of(article)] or publisher,
        "publisher": publisher,
        "creditText": " · ".join(filter(None, [article.credit, article.agency])),
        "license": _licence(article),
        "correction": [_correction(each) for each in corrections.of_article(article) if each.stands],
        "isBasedOn": article.credit_url,
        "commentCount": article.comment_count,
        "isAccessibleForFree": True,
    }


def _translated(article: Article, renderings: list[Translation]) -> Data:
    """The original of a translation, the translations of an original."""
    others = [
        ({"@type": "NewsArticle", "url": each.url, "inLanguage": each.language}, each.original)
        for each in renderings
        if each.path != article.path
    ]
    if article.translation_of_id:
        return {"translationOfWork": next((data for data, original in others if original), None)}
    return {"workTranslation": [data for data, _ in others]}


def _licence(article: Article) -> str | Data | None:
    """The address of its terms, or their name where they stand nowhere."""
    if (terms := article.terms) is None:
        return None
    return terms.url or {"@type": "CreativeWork", "name": str(terms.name)}


def _correction(correction: Correction) -> Data:
    return {
        "@type": "CorrectionComment",
        "name": correction.get_kind_display(),
        "text": correction.text,
        "datePublished": _moment(correction.made_at),
        "url": absolute(correction.path),
    }


def _crumbs(publication: Publication, *steps: Step) -> Data:
    """The way from the front page to a page; the page itself comes last."""
    way = [(publication.name, "/"), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(way, start=1)
        ],
    }


def _way_to(article: Article) -> list[Step]:
    """The sections an article stands in, the widest first, and the article."""
    sections, above = [], article.section
    while above is not None and above not in sections:
        sections.append(above)
        above = above.parent
    return [
        *((section.name, section.path) for section in reversed(sections)),
        (article.headline, article.path),
    ]


def _publisher(publication: Publication) -> Data:
    return {
        "@type": "NewsMediaOrganization",
        "name": publication.name,
        "url": absolute("/"),
        "logo": _logo(publication),
    }


def _logo(publication: Publication) -> Data:
    if not publication.logo:
        return {"@type": "ImageObject", "url": absolute(static("masthead/icon.svg"))}
    size = {"width": publication.logo_width, "height": publication.logo_height}
    return {"@type": "ImageObject", "url": absolute(publication.logo.url), **size}


def _person(person: Person) -> Data:
    return {"@type": "Person", "name": person.name, "url": absolute(person.path)}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None

"""An article by its address, and what its page shows."""

import json
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from broadsheet.articles import body, figures, listing, site
from broadsheet.articles.figures import Figure
from broadsheet.articles.models import Article
from broadsheet.kit.pages import Gone, NotThere
from broadsheet.kit.text import clean, excerpt
from broadsheet.masthead.models import Publication

_DESCRIPTION = 300
_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def find_article(year: int | str, month: int | str, day: int | str, slug: str) -> Article:
    """The live article at an address; Gone where one was published and is not live now."""
    path = f"/{year}/{month}/{day}/{slug}/"
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        raise NotThere(path) from None
    articles = Article.objects.select_related("section").prefetch_related("bylines__person", "tagged__tag")
    article: Article | None = articles.filter(published_on=on, slug=slug).first()
    if article is None:
        raise NotThere(path)
    if not article.live:
        raise Gone(path)
    return article


def article_context(article: Article) -> dict[str, Any]:
    """The context of `article.html`."""
    pictures = figures.pictures([*body.picture_ids(article.body), *filter(None, [article.lead_picture_id])])
    html = body.body_html(article.body, pictures)
    lead = listing.lead_figure(article, pictures)
    description = description_of(article, html)
    return {
        "article": article,
        "section": article.section,
        "people": listing.people_of(article),
        "tags": [tagged.tag for tagged in article.tagged.all()],
        "lead": lead,
        "body": html,
        "description": description,
        "image": site.absolute(lead.src) if lead else "",
        "updated": _was_updated(article),
        "structured_data": _structured_data(article, lead, description),
    }


def description_of(article: Article, html: str) -> str:
    """A sentence or two of plain text: the standfirst, or else how the body begins."""
    return article.standfirst or excerpt(html, _DESCRIPTION)


def _was_updated(article: Article) -> bool:
    return bool(article.updated_at and article.published_at and article.updated_at > article.published_at)


def _structured_data(article: Article, lead: Figure | None, description: str) -> SafeString:
    """schema.org's NewsArticle as JSON that cannot end the script element it stands in."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "description": description,
        "mainEntityOfPage": site.absolute(article.path),
        "datePublished": article.published_at and article.published_at.isoformat(),
        "dateModified": article.updated_at.isoformat()
        if article.updated_at and _was_updated(article)
        else None,
        "articleSection": article.section.name if article.section else None,
        "image": [site.absolute(lead.src)] if lead else None,
        "author": [
            {"@type": "Person", "name": person.name, "url": site.absolute(person.path)}
            for person in listing.people_of(article)
        ],
        "publisher": {"@type": "Organization", "name": Publication.current().name, "url": site.absolute("/")},
        "commentCount": article.comment_count,
        "isAccessibleForFree": True,
    }
    known = {name: value for name, value in data.items() if value not in (None, [])}
    return mark_safe(clean(json.dumps(known, ensure_ascii=False)).translate(_IN_SCRIPT))  # noqa: S308

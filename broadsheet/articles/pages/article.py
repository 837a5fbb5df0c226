"""An article by its address, and what its page shows."""

from datetime import date
from functools import cache, partial
from typing import Any

from broadsheet.articles import body, corrections, figures, listing, related, translations
from broadsheet.articles.asked import Inserts
from broadsheet.articles.footnotes import without_notes
from broadsheet.articles.models import Article
from broadsheet.articles.pages import errors, schema, sharing
from broadsheet.kit import words
from broadsheet.kit.pages import Gone, NotThere
from broadsheet.kit.text import excerpt, plain

_DESCRIPTION = 300


def find_article(year: int | str, month: int | str, day: int | str, slug: str) -> Article:
    """The live article at an address; Gone where one was published and is not live now."""
    path = f"/{year}/{month}/{day}/{slug}/"
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        raise NotThere(path) from None
    articles = Article.objects.select_related("section__parent", "drawn_card").prefetch_related(
        "bylines__person", "tagged__tag", "corrections__withdrawal", "corrections__version"
    )
    article: Article | None = articles.filter(published_on=on, slug=slug).first()
    if article is None:
        raise NotThere(path)
    if not article.live:
        raise Gone(path, errors.gone(article))
    return article


def article_context(article: Article, inserts: Inserts | None = None) -> dict[str, Any]:
    """The context of `article.html`; `inserts` fill the places that its body leaves to the discussion."""
    pictures = figures.pictures([*body.picture_ids(article.body), *filter(None, [article.lead_picture_id])])
    html = body.body_html(article.body, pictures, inserts)
    lead = listing.lead_figure(article, pictures)
    description = description_of(article, html)
    said = corrections.of_article(article)
    renderings = cache(partial(translations.of_article, article))
    people, image = listing.people_of(article), sharing.image_of(lead)
    shared = sharing.drawn_image(article) or image or sharing.fallback_image()
    return {
        "article": article,
        "section": article.section,
        "people": people,
        "tags": [tagged.tag for tagged in article.tagged.all()],
        "lead": lead,
        "body": html,
        "description": description,
        "corrections": said,
        "on_top": corrections.on_top(said),
        "retracted": corrections.is_retracted(said),
        "translations": renderings,
        "has_history": bool(article.pk) and article.versions.filter(number=2).exists(),
        "reading_minutes": words.minutes(plain(html)),
        "updated": sharing.modified_at(article) is not None,
        "twin": f"{article.path}index.md",
        "card": sharing.article_card(article, people, description, shared),
        "related": partial(related.related_to, article),
        # Called by the one template that prints it: most pages that show an article's facts do not.
        "structured_data": partial(
            schema.of_article, article, image or shared, description, html, renderings
        ),
    }


def description_of(article: Article, html: str) -> str:
    """A sentence or two of plain text: the standfirst, or else how the body begins."""
    return article.standfirst or excerpt(without_notes(html), _DESCRIPTION)

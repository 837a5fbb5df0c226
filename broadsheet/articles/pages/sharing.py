"""How a page looks where somebody shares it: the tags of Open Graph, which the other networks read too."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from broadsheet.articles import cards, drawing
from broadsheet.articles.figures import Figure
from broadsheet.articles.models import Article
from broadsheet.articles.site import absolute
from broadsheet.masthead.models import Person, Publication


@dataclass(frozen=True)
class Image:
    """A picture under its whole address; sizes are pixels."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Card:
    """What `parts/card.html` prints. `facts` are further properties and their values."""

    title: str
    description: str
    url: str
    kind: str = "website"
    image: Image | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)


def card_of(title: str, description: str, path: str, image: Image | None = None) -> Card:
    """The card of a page that is no article."""
    return Card(title, description, absolute(path), image=image)


def article_card(article: Article, people: list[Person], description: str, image: Image | None) -> Card:
    """The card of an article."""
    changed_at = modified_at(article)
    facts = [
        ("article:published_time", article.published_at.isoformat() if article.published_at else ""),
        ("article:modified_time", changed_at.isoformat() if changed_at else ""),
        ("article:section", article.section.name if article.section else ""),
        *(("article:author", absolute(person.path)) for person in people),
        *(("article:tag", tagged.tag.name) for tagged in article.tagged.all()),
    ]
    return Card(
        title=article.headline,
        description=description,
        url=absolute(article.path),
        kind="article",
        image=image,
        facts=[(name, value) for name, value in facts if value],
    )


def modified_at(article: Article) -> datetime | None:
    """When it was changed for readers, if it was since it appeared."""
    if article.updated_at and article.published_at and article.updated_at > article.published_at:
        return article.updated_at
    return None


def drawn_image(article: Article) -> Image | None:
    """The picture that was drawn for it, if one could be."""
    card = getattr(article, "drawn_card", None)
    if card is None or card.drawn_at is None:
        return None
    url = absolute(f"{settings.MEDIA_URL}{cards.path_of(card.pk)}")
    return Image(url, *drawing.SIZE, alt=article.headline)


def fallback_image() -> Image | None:
    """What the publication shares where there is no other picture, if it has chosen one."""
    publication = Publication.current()
    if not publication.shared:
        return None
    size = publication.shared_width, publication.shared_height
    return Image(absolute(publication.shared.url), *size, alt=publication.name)


def image_of(figure: Figure | None) -> Image | None:
    """A picture as the page shows it."""
    if figure is None:
        return None
    return Image(absolute(figure.src), figure.width, figure.height, figure.alt)

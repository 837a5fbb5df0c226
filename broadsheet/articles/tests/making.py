"""Makes what the tests of pages show: articles, pictures, people, sections."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.models import Filter

from broadsheet.articles.models import Article, Byline, Picture, Section
from broadsheet.articles.rendering import render
from broadsheet.kit.pages import Page
from broadsheet.masthead.models import Person, Publication
from tests.counting import Numbers

MAY = datetime(2026, 5, 12, 7, 40, tzinfo=UTC)
HOSTILE = "</script><script>alert(1)</script> & \"quotes\" 'too' <b>]]>"
_numbers = Numbers()


def make_publication(**facts: Any) -> Publication:
    publication = Publication(pk=1, **{"name": "The Lamp", "motto": "Argued in the open", **facts})
    publication.save()
    return publication


def make_section(name: str = "Harbour", **facts: Any) -> Section:
    return Section.objects.create(name=name, **{"slug": name.lower(), **facts})


def make_person(name: str = "Ines Aldana", **facts: Any) -> Person:
    return Person.objects.create(name=name, **{"slug": name.lower().replace(" ", "-"), **facts})


def make_picture(*widths: int, **facts: Any) -> Picture:
    """A picture of 1,200 × 800 pixels with the renditions of these widths."""
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), "navy").save(file, "PNG")
    picture = Picture(title="A pier", **facts)
    picture.file.save("pier.png", ContentFile(file.getvalue()), save=False)
    picture.width, picture.height = 1200, 800
    picture.save()
    for width in widths:
        picture.create_rendition(Filter(spec=f"width-{width}|format-webp"))
    return picture


def make_article(headline: str = "", *, blocks: Any = (), by: Any = (), **facts: Any) -> Article:
    """A live article, each older by an hour than the one before, unless told otherwise."""
    number = next(_numbers)
    facts = {"published_at": MAY - timedelta(hours=number), "live": True, **facts}
    article = Article(headline=headline or f"Story {number}", body=json.dumps(list(blocks)), **facts)
    article.save()
    for place, person in enumerate(by):
        Byline.objects.create(article=article, person=person, sort_order=place)
    return article


def html_of(page: Page) -> str:
    return render(page).decode()


def paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}

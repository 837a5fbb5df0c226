"""Fill an empty home with the sample publication, dated as if it had appeared over the last weeks."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone

from broadsheet.articles import arranging
from broadsheet.articles.models import (
    Arrangement,
    Article,
    ArticleTag,
    Byline,
    Picture,
    Portrait,
    Section,
    StandingPage,
    Tag,
)
from broadsheet.events.recording import record
from broadsheet.kit.slugs import slug_of
from broadsheet.masthead.models import Person, Publication
from broadsheet.transfer.sample import asking, pictures, putting_right
from broadsheet.transfer.sample.bodies import Block
from broadsheet.transfer.sample.reading import SampleArticle, SamplePublication, read_sample
from broadsheet.transfer.sample.talking import fill_thread


class NotEmpty(Exception):
    """The home holds a publication; the sample would mix with it."""


def fill() -> None:
    """Write the whole sample publication."""
    if Publication.objects.exists() or Article.objects.exists():
        raise NotEmpty("This home holds a publication already; the sample only fills an empty one.")
    sample = read_sample()
    library = _Library()
    with transaction.atomic():
        _found(sample, library)
        for page in sample.pages:
            _fill_page(page.slug, page.title, library.placed(page.blocks))
        for article in sample.articles:
            _fill_article(article, library)
        for translation in (article for article in sample.articles if article.translation_of):
            original = Article.objects.get(slug=translation.translation_of)
            Article.objects.filter(slug=translation.slug).update(translation_of=original)
        record("publication.changed", id=1)


class _Library:
    """The sample's pictures; each is drawn when the first block asks for it."""

    def __init__(self) -> None:
        self.pictures: dict[str, Picture] = {}

    def picture(self, name: str) -> Picture:
        if name not in self.pictures:
            file = ImageFile(BytesIO(pictures.draw_picture(name)), name=f"{name}.jpg")
            self.pictures[name] = Picture.objects.create(title=name.capitalize(), file=file)
        return self.pictures[name]

    def placed(self, blocks: Iterable[Block]) -> list[dict[str, Any]]:
        """Blocks as a StreamField stores them, with the pictures they name."""
        return [
            {"type": block["type"], "value": self._value(block["value"]), "id": str(uuid.uuid4())}
            for block in blocks
        ]

    def _value(self, value: Any) -> Any:
        """Pictures and articles as their numbers; an article that is named is newer, so it is filled already."""
        if isinstance(value, dict) and "articles" in value:
            return value | {"articles": [Article.objects.get(slug=slug).pk for slug in value["articles"]]}
        if isinstance(value, list):
            return [self._value(each) for each in value]
        if isinstance(value, dict):
            return {
                name: self.picture(each).pk if name == "image" else self._value(each)
                for name, each in value.items()
            }
        return value


def _found(sample: SamplePublication, library: _Library) -> None:
    Publication.objects.create(
        pk=1,
        name=sample.name,
        motto=sample.motto,
        description=sample.motto,
        menu=sample.menu,
        foot=sample.foot,
    )
    arrangement = Arrangement(pk=1)
    arranging.keep(arrangement, why="As it came")
    *above, sections = arrangement.parts.get_prep_value()
    arrangement.parts = [*above, {"type": "box", "value": sample.box}, sections]
    arrangement.save()
    arranging.keep(arrangement, why="Came with the sample")
    for order, section in enumerate(sample.sections, start=1):
        Section.objects.create(
            slug=section.slug, name=section.name, description=section.description, order=order
        )
    for person in sample.people:
        made = Person.objects.create(
            slug=person.slug,
            name=person.name,
            role=person.role,
            biography=person.biography,
            links=person.links,
        )
        if person.picture:
            Portrait.objects.create(person=made, picture=library.picture(person.picture), alt=person.alt)


def _fill_page(slug: str, title: str, body: list[dict[str, Any]]) -> None:
    order = StandingPage.objects.count() + 1
    now = timezone.now()
    page = StandingPage(
        title=title, path=f"/{slug}/", body=body, menu_order=order, live=True, published_at=now
    )
    page.first_published_at = page.last_published_at = now
    page.save()


def _fill_article(sample: SampleArticle, library: _Library) -> None:
    at = _moment(sample)
    article = Article(
        headline=sample.title,
        standfirst=sample.standfirst,
        slug=sample.slug,
        section=Section.objects.get(slug=sample.section),
        credit=sample.credit.source if sample.credit else "",
        credit_url=sample.credit.url if sample.credit else "",
        agency=sample.credit.agency if sample.credit else "",
        licence=sample.credit.licence if sample.credit else "",
        lead_picture=library.picture(sample.lead.name),
        lead_alt=sample.lead.alt,
        lead_caption=sample.lead.caption,
        lead_credit=sample.lead.credit,
        body=library.placed(sample.blocks),
        language=sample.language,
        comments_open=sample.comments_open,
        live=True,
        published_at=at,
        first_published_at=at,
        last_published_at=at,
    )
    article.save()
    for order, slug in enumerate(sample.bylines):
        Byline.objects.create(article=article, person=Person.objects.get(slug=slug), sort_order=order)
    for name in sample.tags:
        tag, _ = Tag.objects.get_or_create(slug=slug_of(name), defaults={"name": name})
        ArticleTag.objects.create(content_object=article, tag=tag)
    if sample.changes:
        putting_right.replay(article, sample.changes, at)
    asking.fill_asked(article, sample, at)
    fill_thread(article, sample.comments, at)
    asking.count_asked(article)


def _moment(sample: SampleArticle) -> datetime:
    """So many days ago at its hour, in the publication's zone; never later than an hour ago."""
    today = timezone.localtime()
    at = (today - timedelta(days=sample.days_ago)).replace(
        hour=sample.at.hour, minute=sample.at.minute, second=0, microsecond=0
    )
    return min(at, today - timedelta(hours=1))

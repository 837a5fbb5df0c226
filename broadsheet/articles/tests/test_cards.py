"""The picture an article is shared with: drawn outside of requests, true to the headline, never with boxes in it."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from broadsheet.articles import cards, pages
from broadsheet.articles.models import Article, DrawnCard
from broadsheet.articles.tests.making import html_of, make_article, make_picture, make_publication
from broadsheet.events.models import Event
from broadsheet.kit.pages import Page

pytestmark = pytest.mark.django_db


def drawn_of(article):
    """As when it was published: wanted, and drawn by the worker."""
    cards.want([Event(kind="article.published", facts={"article": article.pk})])
    assert cards.draw_waiting(10) == 1
    return DrawnCard.objects.get(article=article)


def file_of(article, settings):
    return Path(settings.MEDIA_ROOT) / "cards" / f"{article.pk}.jpg"


def shared_image(article):
    found = pages.find_article(*Article.objects.get(pk=article.pk).path.strip("/").split("/"))
    html = html_of(Page("articles/article.html", pages.article_context(found)))
    return re.findall(r'<meta property="og:image(?::(?:width|height))?" content="([^"]*)">', html)


def test_a_published_article_gets_a_picture_of_its_headline(settings):
    make_publication()
    article = make_article("The tide gauge has been wrong for eleven years")
    card = drawn_of(article)
    assert card.drawn_at and card.wanted_at is None and not card.problem
    with Image.open(file_of(article, settings)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
        colours = image.convert("RGB").getcolors(1 << 20)
    assert colours and len(colours) > 20, "there is type on the paper"
    assert shared_image(article) == [f"http://127.0.0.1:8000/media/cards/{article.pk}.jpg", "1200", "630"]
    assert Event.objects.filter(kind="card.drawn", facts__article=article.pk).exists()


def test_its_address_stays_when_the_headline_changes_and_the_picture_follows(settings):
    make_publication()
    article = make_article("Before")
    drawn_of(article)
    before, address = file_of(article, settings).read_bytes(), shared_image(article)
    article.headline = "After"
    article.save()
    drawn_of(article)
    assert file_of(article, settings).read_bytes() != before
    assert shared_image(article) == address


def test_a_lead_picture_stands_above_the_headline(settings):
    make_publication()
    article = make_article("A pier", lead_picture=make_picture(960))
    drawn_of(article)
    with Image.open(file_of(article, settings)) as image:
        red, green, blue = image.getpixel((600, 100))
    assert blue > 100 and red < 30 and green < 30, "the picture of these tests is navy"


@pytest.mark.parametrize("headline", ["海の上の新聞", "بحر", "A ship 🚢"])
def test_a_headline_that_the_type_cannot_set_is_shared_with_its_lead_picture(headline, settings):
    make_publication()
    article = make_article(headline, slug="x", lead_picture=make_picture(960))
    card = drawn_of(article)
    assert card.drawn_at is None and "U+" in card.problem
    assert not file_of(article, settings).exists()
    assert re.search(r"/media/images/.*\.webp$", shared_image(article)[0])


def test_a_picture_that_can_no_longer_be_drawn_is_not_left_behind(settings):
    make_publication()
    article = make_article("Sea")
    drawn_of(article)
    article.headline = "海"
    article.save()
    drawn_of(article)
    assert not file_of(article, settings).exists()
    assert shared_image(article) == []


def test_what_is_withdrawn_is_shown_to_nobody_any_more(settings):
    make_publication()
    article = make_article("Sea")
    drawn_of(article)
    article.unpublish()
    cards.want(list(Event.objects.filter(kind="article.unpublished")))
    cards.draw_waiting()
    assert not file_of(article, settings).exists()
    article.headline = "Not yet for everybody"
    article.save()
    cards.want([Event(kind="picture.prepared", facts={"picture": 1}), Event(facts={"article": article.pk})])
    cards.draw_waiting()
    assert not file_of(article, settings).exists()


def test_the_newest_are_drawn_anew_when_the_publication_changes(monkeypatch):
    make_publication()
    monkeypatch.setattr(cards, "DRAWN_ANEW", 2)
    newest = [make_article() for _ in range(3)][:2]
    make_article(live=False)
    cards.want([Event(kind="publication.changed", facts={"id": 1})])
    wanted = DrawnCard.objects.filter(wanted_at__isnull=False)
    assert set(wanted.values_list("article", flat=True)) == {article.pk for article in newest}


def test_an_article_whose_lead_picture_is_ready_is_drawn_again():
    make_publication()
    picture = make_picture()
    article = make_article(lead_picture=picture)
    drawn_of(article)
    cards.want([Event(kind="picture.prepared", facts={"picture": picture.pk})])
    assert DrawnCard.objects.get(article=article).wanted_at


@pytest.mark.parametrize(
    "headline",
    ["", "Short", "word " * 60, "Donaudampfschifffahrtsgesellschaftskapitän" * 6, "İstanbul\u0301 – “…”"],
)
def test_whatever_the_length_of_a_headline_it_stays_on_the_paper(headline, tmp_path):
    told = {"headline": headline, "name": "The Lamp " * 20, "accent": "#9c1c1f", "picture": ""}
    out = tmp_path / "card.jpg"
    command = [sys.executable, "-m", "broadsheet.articles.drawing", str(out)]
    subprocess.run(command, input=json.dumps(told).encode(), check=True, env={})
    with Image.open(io.BytesIO(out.read_bytes())) as image:
        edge = image.convert("L").crop((1200 - 60, 20, 1200, 630))
    assert edge.getextrema()[0] > 200, "nothing runs off the paper's edge"

"""What only programs read is not forgotten either: the parts of a long sitemap, and the day in security.txt."""

from datetime import UTC, datetime

import pytest

from broadsheet.articles.pages import addresses as sitemap
from broadsheet.discussion.tests.cast import make_article
from broadsheet.events.models import Beat
from broadsheet.masthead.models import Person
from broadsheet.press import addresses, printing, store
from broadsheet.press.tests.paper import fresh, publish
from broadsheet.wiring import clock as ticking
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def parts(article, monkeypatch):
    monkeypatch.setattr(sitemap, "_PART", 2)
    make_article("The fog")
    found = ["/sitemap-1.xml", "/sitemap-2.xml"]
    for path in found:
        printing.print_page(path)
    return found


def test_the_parts_of_the_sitemap_follow_what_is_published_and_taken_back(article, section, parts, clock):
    new = make_article("Rain", live=False, published_at=None, section=section)
    publish(new)
    drain()
    assert new.path.encode() in store.read("/sitemap-2.xml")
    clock.forward(2)
    article.unpublish()
    drain()
    assert [path for path in parts if store.read(path) != fresh(path)] == []


def test_the_parts_that_somebody_read_are_among_every_page(parts):
    assert set(parts) <= set(addresses.every())


def test_the_day_that_security_txt_expires_moves_on(publication, clock):
    path = "/.well-known/security.txt"
    publication.contact = "carol@example.org"
    publication.save()
    store.write(path, b"Expires: 2020-01-01T00:00:00Z\n")
    ticking.tick()
    drain()
    assert b"2020-01-01" not in store.read(path)
    store.write(path, b"Expires: 2020-01-01T00:00:00Z\n")
    Beat.objects.update(beat_at=datetime(2020, 1, 1, tzinfo=UTC))
    clock.forward(2)
    ticking.tick()
    drain()
    assert b"2020-01-01" not in store.read(path)


def test_news_leave_the_news_sitemap_by_growing_old(article, clock):
    path = "/news-sitemap.xml"
    store.write(path, b"Yesterday's news\n")
    ticking.tick()
    drain()
    assert store.read(path) == fresh(path)


def test_an_article_s_markdown_follows_it_and_goes_with_it(article, section, clock):
    path = f"{article.path}index.md"
    printing.print_page(path)
    publish(article, standfirst="It came at noon.")
    drain()
    assert b"It came at noon." in store.read(path)
    clock.forward(2)
    article.unpublish()
    drain()
    assert store.read(path) is None


def test_whoever_writes_for_the_first_time_is_named_in_humans_txt(article, publication, clock):
    printing.print_page("/humans.txt")
    person = Person.objects.create(name="Ines Aldana", slug="ines-aldana")
    article.bylines.create(person=person)
    publish(article)
    drain()
    assert b"Ines Aldana" in store.read("/humans.txt")

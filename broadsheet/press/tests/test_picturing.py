"""A picture that is ready is seen wherever what shows it stands, and nowhere else is anything printed for it."""

import pytest

from broadsheet.articles.models import StandingPage
from broadsheet.articles.tests.making import make_picture
from broadsheet.discussion.tests.cast import make_article
from broadsheet.events.recording import record
from broadsheet.press.models import StalePrint
from broadsheet.press.tests.paper import publish
from broadsheet.wiring.worker import drain

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def picture(settings, tmp_path, publication):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_picture(480)


def body_with(picture):
    return [("image", {"image": picture, "alt": "A pier", "caption": "", "credit": ""})]


def marked_when(deed):
    drain()
    StalePrint.objects.all().delete()
    deed()
    drain()
    return set(StalePrint.objects.values_list("path", flat=True))


def marked_when_ready(picture):
    return marked_when(lambda: record("picture.prepared", picture=picture.pk))


def test_every_list_and_feed_of_the_article_that_shows_it_is_printed_again(picture, section, article):
    article.body = body_with(picture)
    publish(article)
    marked = marked_when_ready(picture)
    lists = [f"{section.path}{place}" for place in ("", "page/", "feed.xml", "feed.atom", "feed.json")]
    assert {"/", "/feed.xml", "/feed.atom", "/feed.json", article.path, *lists} <= marked


def test_a_standing_page_that_shows_it_is_printed_again_and_no_article_of_the_same_number(picture, section):
    page = StandingPage.objects.create(title="About", path="/about/", live=True)
    stranger = make_article("Not shown", pk=page.pk, section=section)
    publish(page, body=body_with(picture))
    marked = marked_when_ready(picture)
    assert "/about/" in marked
    assert stranger.path not in marked


def test_other_words_with_a_picture_are_on_every_page_that_shows_it(picture, article, admin_client):
    article.body = body_with(picture)
    publish(article)
    form = {"title": "A pier", "credit": "Ines Aldana", "collection": picture.collection_id}

    def credit():
        answer = admin_client.post(f"/newsroom/images/{picture.pk}/", form)
        assert answer.status_code == 302

    assert article.path in marked_when(credit)


@pytest.mark.parametrize("delete", [lambda one: one.delete(), lambda one: type(one).objects.all().delete()])
def test_pages_that_showed_a_picture_are_printed_again_when_it_is_deleted(picture, article, delete):
    article.body = body_with(picture)
    publish(article)
    assert article.path in marked_when(lambda: delete(picture))

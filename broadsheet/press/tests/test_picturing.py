"""A picture that is ready is seen wherever what shows it stands, and nowhere else is anything printed for it."""

from pathlib import Path

import pytest
from django.core.files import File

from broadsheet.articles import renditions
from broadsheet.articles.models import DrawnCard, Embed, Picture, Portrait, StandingPage
from broadsheet.articles.tests.making import make_picture
from broadsheet.discussion.tests.cast import make_article
from broadsheet.events.recording import record
from broadsheet.press import printing, store
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


FILM = "https://vimeo.com/76979871"


def shown_everywhere(paper, picture):
    """As a portrait, in a body, at the head, before a film, on a standing page, and in a version of before."""
    Portrait.objects.create(person=paper.person, picture=picture)
    Embed.objects.update_or_create(url=FILM, defaults={"picture": picture, "due_at": None})
    publish(paper.article, body=body_with(picture))
    publish(paper.article, body=[("embed", {"url": FILM, "title": "A film"})])
    publish(paper.other, lead_picture=picture, lead_alt="A pier")
    publish(paper.standing, body=body_with(picture))
    paper.press()
    paper.look()


def prints_with(words, prints):
    return {file for file in prints.rglob("*") if file.is_file() and words.encode() in file.read_bytes()}


def test_no_print_shows_a_picture_that_was_deleted(paper, prints, picture, admin_client):
    shown_everywhere(paper, picture)
    file = f"/images/{Path(picture.file.name).stem}."
    lists = ("/", "/by/", paper.person.path, paper.other_section.path)
    pages = (paper.article.path, f"{paper.article.path}history/2/text/", paper.other.path, "/about/")
    assert {prints / store.name_of(path) for path in (*lists, *pages)} <= prints_with(file, prints)
    assert admin_client.post(f"/newsroom/images/{picture.pk}/delete/").status_code == 302
    assert not Picture.objects.exists()
    paper.press()
    assert prints_with(file, prints) == set()
    assert paper.stale() == []


def test_no_version_of_before_shows_the_old_file_of_a_picture_that_has_a_new_one(
    picture, article, clock, admin_client
):
    publish(article, body=body_with(picture))
    publish(article, body=[])
    renditions.prepare_waiting()
    drain()
    old = f"{article.path}history/2/text/"
    assert b"<img" in printing.print_page(old)[1]
    with picture.file.open("rb") as content:
        sent = {"title": "A quay", "collection": picture.collection_id, "file": File(content, "quay.png")}
        assert admin_client.post(f"/newsroom/images/{picture.pk}/", sent).status_code == 302
    renditions.prepare_waiting()
    clock.forward(30)
    drain()
    assert not store.stands(old)


def test_what_an_article_is_shared_with_is_drawn_again_without_a_deleted_picture(article, picture):
    publish(article, lead_picture=picture)
    drain()
    DrawnCard.objects.update(wanted_at=None)
    picture.delete()
    drain()
    assert DrawnCard.objects.get(pk=article.pk).wanted_at

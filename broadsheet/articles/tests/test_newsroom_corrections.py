"""Corrections and versions through the newsroom, over HTTP, and what readers are then told."""

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.articles.models import Correction, Version
from broadsheet.articles.tests.making import make_article, make_publication
from broadsheet.articles.tests.test_newsroom import revise, write
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]


@pytest.fixture
def newsroom(client) -> Client:
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


@pytest.fixture
def article(newsroom):
    """Published, and changed once since."""
    make_publication()
    article = write(newsroom, publish=True)
    revise(newsroom, article, text="<p>It came at one.</p>")
    article.refresh_from_db()
    return article


def screen(article):
    return reverse("newsroom_corrections", args=[article.pk])


def correct(newsroom, article, **said):
    said = {"kind": "correction", "text": "It came at one, not at noon.", "version": "", **said}
    return newsroom.post(screen(article), said)


def read(path):
    return Client().get(path)


def test_a_correction_stands_above_and_below_the_text_and_in_the_list_of_all(newsroom, article):
    assert correct(newsroom, article, version=article.versions.last().pk).status_code == 302
    page = read(article.path).content.decode()
    assert page.count("It came at one, not at noon.") == 3  # above, below, and for machines
    made = Correction.objects.get()
    assert (made.made_by.name, made.version.number) == ("Carol", 2)
    assert f'id="correction-{made.pk}"' in page
    assert "It came at one, not at noon." in read("/corrections/").content.decode()
    article.refresh_from_db()
    assert article.updated_at == made.made_at


def test_a_correction_without_a_word_is_sent_back_with_what_was_chosen(newsroom, article):
    answer = correct(newsroom, article, text=" ", kind="retraction")
    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()
    assert answer.context["form"]["kind"].value() == "retraction"
    assert not Correction.objects.exists()


def test_a_withdrawn_correction_is_kept_with_its_reason(newsroom, article):
    correct(newsroom, article)
    made = Correction.objects.get()
    url = reverse("newsroom_correction_withdrawal", args=[made.pk])
    assert newsroom.get(url).status_code == 200
    newsroom.post(url, {"reason": "It was noon after all."})
    page = read(article.path).content.decode()
    assert "It was noon after all." in page
    assert '<aside class="on-top' not in page
    assert Correction.objects.filter(pk=made.pk).exists()


def test_publishing_a_change_asks_whether_a_correction_is_due_and_first_publishing_does_not(
    newsroom, article
):
    asked = "Was something wrong? Add a correction"
    assert asked in newsroom.get("/newsroom/").content.decode()
    write(newsroom, headline="Fog", publish=True)
    assert asked not in newsroom.get("/newsroom/").content.decode()


def test_the_editing_screen_leads_to_the_corrections_of_what_was_published(newsroom, article):
    edit = reverse("wagtailsnippets_articles_article:edit", args=[article.pk])
    assert screen(article) in newsroom.get(edit).content.decode()
    draft = write(newsroom, headline="Fog")
    assert newsroom.get(screen(draft)).status_code == 404


def test_a_version_is_removed_from_readers_with_a_reason_and_given_back(newsroom, article):
    first, second = article.versions.order_by("number")
    newsroom.post(reverse("newsroom_version_seal", args=[first.pk]), {"reason": "It named a child"})
    answer = read(f"{first.path}text/")
    assert answer.status_code == 410
    assert "It named a child" in answer.content.decode()
    assert "noon" not in read(f"{article.path}history/").content.decode()
    assert read(second.path).status_code == 301  # nothing is left to compare with
    newsroom.post(reverse("newsroom_version_unsealing", args=[first.pk]))
    assert "noon" in read(f"{first.path}text/").content.decode()


def test_what_readers_see_now_is_not_removed_behind_their_backs(newsroom, article):
    latest = article.versions.order_by("number").last()
    answer = newsroom.post(reverse("newsroom_version_seal", args=[latest.pk]), {"reason": "x"})
    assert "what readers see now" in answer.content.decode()
    assert Version.objects.get(pk=latest.pk).seal is None


def test_an_article_that_is_not_public_cannot_be_corrected(newsroom):
    article = make_article(live=False)
    assert "not public" in correct(newsroom, article).content.decode()
    assert not Correction.objects.exists()

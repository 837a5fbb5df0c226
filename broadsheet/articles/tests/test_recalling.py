import pytest
from django.test import Client

from broadsheet.articles.models import Recall
from broadsheet.articles.tests.newsroom_forms import revise, staff, url, write
from broadsheet.masthead import founding

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def editor():
    founding.found(name="The Ebb", email="publisher@example.org")
    return staff("Editors", "Carol")


def test_readers_are_told_why_an_article_was_withdrawn(editor):
    article = write(editor, "publish")
    assert "Why" in editor.get(url("unpublish", article.pk)).content.decode()
    editor.post(url("unpublish", article.pk), {"kind": "editors", "words": "The <b>figures</b> were wrong."})
    article.refresh_from_db()
    page = Client().get(article.path)
    assert page.status_code == 410
    text = page.content.decode()
    assert "Withdrawn by the editors on <time" in text
    assert "The &lt;b&gt;figures&lt;/b&gt; were wrong." in text
    assert "Carol" not in text


def test_an_article_without_a_reason_stays(editor):
    article = write(editor, "publish")
    assert editor.post(url("unpublish", article.pk), {"kind": "whim"}).status_code == 422
    article.refresh_from_db()
    assert article.live
    assert not Recall.objects.exists()


def test_publishing_again_ends_the_withdrawal_and_keeps_its_record(editor):
    article = write(editor, "publish")
    editor.post(url("unpublish", article.pk), {"kind": "safety", "words": ""})
    revise(editor, article, "publish", headline="The tide came after all")
    article.refresh_from_db()
    assert article.live
    assert Client().get(article.path).status_code == 200
    assert Recall.objects.get().ended_at is not None


def test_the_history_says_who_withdrew_it_and_why(editor):
    article = write(editor, "publish")
    editor.post(url("unpublish", article.pk), {"kind": "mistake", "words": "Sent too early."})
    assert "Sent too early." in editor.get(url("history", article.pk)).content.decode()
    assert "Sent too early." in editor.get("/newsroom/reports/site-history/").content.decode()


def test_what_was_withdrawn_without_words_says_so_plainly(editor):
    article = write(editor, "publish")
    article.refresh_from_db()
    article.unpublish()
    page = Client().get(article.path)
    assert page.status_code == 410
    assert "took it away on purpose" in page.content.decode()

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.articles import recalling
from broadsheet.articles.models import Recall, StandingPage
from broadsheet.articles.tests.newsroom_forms import revise, staff, url, write
from broadsheet.masthead import founding
from broadsheet.readers.models import Reader

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


def page_url(name, page):
    return reverse(f"wagtailsnippets_articles_standingpage:{name}", args=[page.pk])


@pytest.fixture
def about():
    page = StandingPage.objects.create(title="About", path="/about/", live=False, menu_order=1)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_readers_are_told_why_a_standing_page_was_withdrawn(editor, about):
    assert "Why" in editor.get(page_url("unpublish", about)).content.decode()
    reason = {"kind": "law", "words": "The court said so."}
    assert editor.post(page_url("unpublish", about), reason).status_code == 302
    page = Client().get("/about/")
    assert page.status_code == 410
    text = page.content.decode()
    assert "Taken down because the law demands it on <time" in text
    assert "The court said so." in text
    assert 'href="/about/"' not in text
    assert "/about/" not in Client().get("/sitemap.xml").content.decode()
    assert "The court said so." in editor.get(page_url("history", about)).content.decode()


def test_a_standing_page_without_a_reason_stays(editor, about):
    assert editor.post(page_url("unpublish", about), {"kind": ""}).status_code == 422
    assert Client().get("/about/").status_code == 200


def test_publishing_a_standing_page_again_takes_its_withdrawal_back(editor, about):
    editor.post(page_url("unpublish", about), {"kind": "editors", "words": ""})
    sent = {"title": "About us", "path": "/about/", "menu_order": "1", "body-count": "0"}
    answer = editor.post(page_url("edit", about), {**sent, "action-publish": "on"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Client().get("/about/").status_code == 200
    assert Recall.objects.get().ended_at is not None


def test_scheduling_a_withdrawn_standing_page_keeps_its_reason_until_it_is_published(editor, about):
    editor.post(page_url("unpublish", about), {"kind": "editors", "words": "Being rewritten."})
    about.refresh_from_db()
    about.go_live_at = timezone.now() + timedelta(days=1)
    about.save_revision().publish()
    assert "Being rewritten." in Client().get("/about/").content.decode()


def test_a_standing_page_is_withdrawn_by_nobody_who_may_not_publish_it(editor, about):
    for group in ("Authors", "Contributors", "Moderators"):
        staff(group).post(page_url("unpublish", about), {"kind": "editors", "words": ""})
    about.refresh_from_db()
    assert about.live
    with pytest.raises(PermissionDenied):
        recalling.recall(about, by=Reader.objects.get(name="Author"), kind="editors")


def test_a_withdrawal_is_of_one_thing(editor, about):
    with pytest.raises(IntegrityError), transaction.atomic():
        Recall.objects.create(kind="editors")

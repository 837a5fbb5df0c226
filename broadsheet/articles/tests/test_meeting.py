"""Whoever opens what a colleague has open is told at once."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from broadsheet.articles import approving
from broadsheet.articles.tests.newsroom_forms import staff, url, write
from broadsheet.masthead import founding

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def carol():
    founding.found(name="The Ebb", email="publisher@example.org")
    approving.found_workflow()
    return staff("Editors", "Carol")


@pytest.fixture
def article(carol):
    return write(carol)


def told(client, article) -> str:
    return unescape(client.get(url("edit", article.pk)).content.decode())


def test_the_second_editor_is_told_with_the_page_and_the_first_is_not(carol, article):
    assert "open too" not in told(carol, article)
    assert "Carol has this open too." in told(staff("Editors", "Dora"), article)
    assert "Carol and Dora have this open too." in told(staff("Editors", "Erin"), article)


def test_of_another_article_and_of_somebody_who_has_gone_nothing_is_told(carol, article):
    told(carol, article)
    dora = staff("Editors", "Dora")
    assert "open too" not in told(dora, write(dora))
    EditingSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=3))
    assert "open too" not in told(dora, article)


def test_whoever_leaves_the_editor_is_not_met_any_more(carol, article):
    told(carol, article)
    session = EditingSession.objects.get()
    carol.post(reverse("wagtailadmin_editing_sessions:release", args=[session.pk]))
    assert "open too" not in told(staff("Editors", "Dora"), article)

"""Where something stood no print is left, and who comes there is told where it went."""

import pytest

from broadsheet.articles.models import StandingPage
from broadsheet.press import store
from broadsheet.press.tests.paper import publish

pytestmark = pytest.mark.django_db(databases="__all__")


def told(client, path):
    answer = client.get(path)
    return answer.status_code, answer.headers.get("Location", "")


def test_a_standing_page_that_moves_leaves_the_way_and_no_print(paper, client):
    assert store.stands("/about/")
    publish(paper.standing, path="/about-us/")
    paper.press()
    assert not store.stands("/about/")
    assert told(client, "/about/") == (301, "/about-us/")
    assert client.get("/about-us/").status_code == 200
    publish(StandingPage.objects.get(), path="/about/")
    paper.press()
    assert not store.stands("/about-us/")
    assert told(client, "/about-us/") == (301, "/about/")


def test_a_standing_page_that_is_taken_back_under_another_path_leaves_no_print(paper, client):
    publish(paper.standing)
    page = StandingPage.objects.get()
    page.path = "/about-us/"
    page.unpublish()
    paper.press()
    assert not store.stands("/about/")
    assert told(client, "/about/") == (301, "/about-us/")
    assert client.get("/about-us/").status_code == 410


def test_a_draft_that_was_never_public_leaves_no_way(paper, client):
    draft = StandingPage.objects.create(title="Rules", path="/rules/", live=False)
    publish(draft, path="/house-rules/")
    paper.press()
    assert client.get("/rules/").status_code == 404

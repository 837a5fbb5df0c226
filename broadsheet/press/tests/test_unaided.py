"""Pages that ask no database stand under the publication's name all the same, where it has been printed."""

import pytest
from django.db import OperationalError
from django.test import Client

from broadsheet.articles import rendering
from broadsheet.press import busy, printing, store, unaided

pytestmark = pytest.mark.django_db(databases="__all__")

NAME = "The Bell & Buoy"


@pytest.fixture
def named(publication, prints):
    publication.name = NAME
    publication.save()
    printing.print_page("/manifest.webmanifest")


def test_the_page_for_whoever_is_turned_away_bears_the_name(named, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "The Bell &amp; Buoy</a></header>" in busy.page().decode()


@pytest.mark.parametrize(
    ("problem", "status"), [(OperationalError("away"), 503), (ArithmeticError("odd"), 500)]
)
def test_what_goes_wrong_is_told_under_the_name(named, article, monkeypatch, problem, status):
    def fail(page):
        raise problem

    monkeypatch.setattr(rendering, "render", fail)
    answer = Client(raise_request_exception=False).get(article.path)
    assert answer.status_code == status
    assert "The Bell &amp; Buoy</a></header>" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b"{}"])
def test_without_a_name_there_is_a_page_without_one(prints, content):
    store.write("/manifest.webmanifest", content)
    assert "<header" not in unaided.page("503.html")
    assert "One moment, please" in unaided.page("503.html")

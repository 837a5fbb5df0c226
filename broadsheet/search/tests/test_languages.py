"""Each article is found by the endings of its own language, whatever the publication's is."""

import pytest

from broadsheet.articles.models import Article
from broadsheet.discussion.tests.cast import posted
from broadsheet.search.models import IndexedArticle
from broadsheet.search.tests.asking import ask, published, settle

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    ("language", "written", "asked", "mark"),
    [
        ("en", "Two ferries sank.", "ferry", "<mark>ferries</mark>"),
        ("de", "Die Häuser am Hafen.", "haus", "<mark>Häuser</mark>"),
        ("es", "Los camiones esperan.", "camión", "<mark>camiones</mark>"),
        ("fr", "Les élections municipales.", "election", "<mark>élections</mark>"),
        ("ar", "أُغلقت المدرسة اليوم.", "مدرسه", "<mark>المدرسة</mark>"),
    ],
)
def test_an_article_is_found_by_another_form_of_its_words(
    publication, prints, language, written, asked, mark
):
    published("One", text=written, language=language)
    published("Other", text="Nothing of the kind.")
    answer = ask(asked)
    assert answer.titles == ["One"]
    assert mark in answer.excerpts[0]


def test_a_phrase_and_what_is_left_out_are_asked_in_every_language(publication, prints):
    published("Uno", text="Los camiones azules esperan.", language="es")
    published("Dos", text="Un camión y dos barcos azules.", language="es")
    assert ask('"camión azul"').titles == ["Uno"]
    assert ask("camion -barco").titles == ["Uno"]
    assert set(ask("camion azul").titles) == {"Uno", "Dos"}


def test_an_article_whose_language_is_changed_is_indexed_anew_and_its_comments_too(article, prints):
    article.save_revision().publish()
    posted(article, text="Schöne Häuser.")
    settle()
    assert ask("haus", kind="comments").titles == []
    article.language = "de"
    article.save_revision().publish()
    settle()
    assert "~lde" in IndexedArticle.objects.get(article=article).marks
    assert ask("haus", kind="comments").titles == ["alice"]


def test_languages_that_nothing_is_written_in_cost_no_question_anything(publication, prints, monkeypatch):
    published("One", text="Two ferries.")
    Article.objects.update(language="")
    from broadsheet.search import languages

    assert languages.asked_in() == ["en"]

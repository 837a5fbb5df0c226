import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.discussion.tests.cast import make_article, posted
from broadsheet.search import indexing, reindexing
from broadsheet.search.engines import engine
from broadsheet.search.engines.asking import SHELVES
from broadsheet.search.models import IndexedArticle, IndexedComment, Reindexing
from broadsheet.search.tests.asking import ask, published, settle

pytestmark = pytest.mark.django_db(databases="__all__")


class Interrupted(Exception):
    pass


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH", 2)


@pytest.fixture
def five(publication, prints):
    for number in range(5):
        published(f"Gull {number}", text="Gulls.")


def run(**how):
    told = []
    count = reindexing.reindex(lambda done, of: told.append((done, of)), **how)
    assert told[-1] == (count, count)
    return told


def lose_the_index():
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            cursor.execute(f"DROP TABLE {shelf.index}")
    engine().build()


def test_an_index_that_was_lost_is_made_anew(five, small_steps):
    lose_the_index()
    assert ask("gull").titles == []
    assert run() == [(0, 5), (2, 5), (4, 5), (5, 5)]
    assert len(ask("gull").titles) == 5
    run()
    assert len(ask("gull").titles) == 5
    assert ask("gull").count == "5 found", "nothing stands in it twice"


def test_what_was_interrupted_goes_on_where_it_was(five, small_steps):
    lose_the_index()

    def pull_the_plug(done, of):
        if done == 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        reindexing.reindex(pull_the_plug)
    assert len(ask("gull").titles) == 4
    assert run() == [(4, 5), (5, 5)]
    assert len(ask("gull").titles) == 5
    assert run()[0] == (0, 5), "the next run is another"


def test_who_asks_for_it_begins_with_the_first_text(five, small_steps):
    Reindexing.objects.create(articles_after=10**9)
    lose_the_index()
    assert run(anew=True)[0] == (0, 5)
    assert len(ask("gull").titles) == 5


def test_what_is_no_longer_public_goes(article, prints):
    article.save_revision().publish()
    posted(article, text="A sextant.")
    settle()
    type(article).objects.update(live=False)  # as another program would
    run()
    assert not IndexedArticle.objects.exists()
    assert not IndexedComment.objects.exists()
    assert ask("late").count == "Nothing found"


def test_so_many_texts_take_so_many_questions_and_not_more(five, monkeypatch):
    """Each batch costs the same, and nothing is asked of each text."""

    def questions():
        with CaptureQueriesContext(connection) as captured:
            run()
        return len(captured)

    few = questions()
    for number in range(5):
        make_article(f"Tern {number}").save()
    indexing.index_articles(list(indexing.live_articles().values_list("pk", flat=True)))
    assert questions() == few

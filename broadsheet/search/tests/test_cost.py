"""What one search costs does not grow with what there is to find."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.discussion.tests.cast import MORNING
from broadsheet.masthead import speaking
from broadsheet.search import finding
from broadsheet.search.engines import asking, postgresql, sqlite
from broadsheet.search.finding import Question
from broadsheet.search.tests.asking import ask, published
from broadsheet.search.words import understand

pytestmark = pytest.mark.django_db(databases="__all__")


def statements(**asked):
    with speaking.publicly(), CaptureQueriesContext(connection) as captured:
        found = finding.find(Question(**asked), address="192.0.2.1")
    return len(found.hits), len(captured)


def test_twelve_hits_cost_as_many_statements_as_one(publication, prints):
    published("A gull", text="One lamp.")
    statements(typed="lamp")
    one = statements(typed="lamp")
    for number in range(11):
        published(f"Gull {number}", text="A lamp.")
    many = statements(typed="lamp")
    assert (one[0], many[0]) == (1, 12)
    assert many[1] == one[1] <= 12


def test_more_words_are_looked_for_in_fewer_texts(publication, prints, monkeypatch):
    monkeypatch.setattr(sqlite, "MOST_RANKED", 4)
    monkeypatch.setattr(postgresql, "MOST_RANKED", 2)
    for number in range(4):
        published(f"Gull {number}", text="A lamp burned.")
    answer = ask("lamp burned")
    assert answer.count == "At least 2 found"
    assert answer.titles == ["Gull 3", "Gull 2"]


def test_a_phrase_of_common_words_is_looked_for_in_so_many_texts_and_titles_come_first(
    publication, prints, monkeypatch
):
    monkeypatch.setattr(sqlite, "MOST_RANKED", 6)
    monkeypatch.setattr(postgresql, "MOST_RANKED", 3)
    published("Long ago", text="The lamp burned.")
    published("The lamp burned", text="Nothing.")
    published("Yesterday", text="The lamp burned.")
    published("Today", text="Burned: a lamp.")
    answer = ask('"lamp burned"')
    assert answer.titles == ["The lamp burned", "Yesterday"]
    assert "only the newest 3 were looked through" in answer.html
    for number in range(4):
        published(f"Tomorrow {number}", text="Burned: a lamp.")
    assert ask('"lamp burned"').count == "Nothing found"


@pytest.mark.only_on("postgresql")
def test_a_span_of_time_does_not_keep_the_database_from_asking_the_index_of_words(db):
    query = asking.Query(asking.ARTICLES, understand("lamp", ["en"]), first=1, last=1 << 40)
    within, values = postgresql._within(query)
    with postgresql._patience() as cursor:
        cursor.execute(f"EXPLAIN SELECT place FROM {query.shelf.index} WHERE {within}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert f"Bitmap Index Scan on {query.shelf.index}_gin" in plan
    assert "pkey" not in plan


@pytest.mark.only_on("postgresql")
def test_years_that_have_too_few_hits_do_not_keep_older_ones_from_being_found(
    publication, prints, monkeypatch
):
    for years_ago in (0, 1, 4, 9):
        published(
            f"Gull of {years_ago}",
            text="A lamp.",
            published_at=MORNING - timedelta(days=365 * years_ago + 10),
        )
    assert ask("lamp").count == "4 found"
    monkeypatch.setattr(postgresql, "MOST_RANKED", 2)
    published("Gull of today", text="A lamp.")
    answer = ask("lamp")
    assert answer.count == "At least 2 found" and answer.titles[0] == "Gull of today"
    monkeypatch.setattr(postgresql, "_LAST_YEARS", 0)
    assert ask("lamp").titles == answer.titles, "the years are but a short cut"

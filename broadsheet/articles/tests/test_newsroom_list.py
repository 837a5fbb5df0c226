"""The list of articles asks the database as often for fifty of them as for one."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.articles import approving, newsroom_list
from broadsheet.articles.models import Article, Section
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db(databases="__all__")

LIST = "/newsroom/snippets/articles/article/"
BODY = [
    {"type": "paragraph", "value": "<p>So it goes.</p>"},
    {"type": "image", "value": {"image": None, "alt": "", "decorative": False, "caption": "", "credit": ""}},
]


@pytest.fixture
def at_desk(client):
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


def write(number: int, reader: Reader) -> None:
    """A draft that waits for approval, or an article with changes that nobody has published."""
    article = Article(headline=f"The tide of day {number}", body=json.dumps(BODY), begun_by=reader)
    article.section = Section.objects.get_or_create(name=f"Section {number}", slug=f"s{number}")[0]
    article.live = bool(number % 2)
    article.save()
    article.bylines.create(person=Person.objects.create(name=f"Person {number}", slug=f"p{number}"))
    article.standfirst = "Later than yesterday."
    article.save_revision(user=reader)
    if number % 3 == 0:
        article.get_workflow().start(article, reader)


def queries(client, address: str = LIST) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def test_the_list_asks_as_often_for_fifty_articles_as_for_one(at_desk):
    approving.found_workflow()
    carol = Reader.objects.get()
    queries(at_desk)  # content types and such are asked for once
    none = len(queries(at_desk))
    write(0, carol)
    one = len(queries(at_desk))
    for number in range(1, 50):
        write(number, carol)
    fifty = queries(at_desk)
    assert len(fifty) == one > none


def headlines(client, **asked) -> list[str]:
    html = client.get(LIST, asked).content.decode()
    return re.findall(r'id="snippet_\d+_title">([^<]*)<', html)


def test_every_order_pages_through_every_article_once_and_back_the_other_way(at_desk, monkeypatch):
    monkeypatch.setattr(newsroom_list.ArticleListView, "get_paginate_by", lambda view, articles: 7)
    for number in range(20):
        article = Article(headline=f"Tide {number % 4}", slug=f"tide-{number}", live=bool(number % 3))
        article.section = Section.objects.get_or_create(name=f"S{number % 2}", slug=f"s{number % 2}")[0]
        article.save()
        Article.objects.filter(pk=article.pk).update(headline=f"Tide {number % 4} of {number:02}")
    for column in ("headline", "section", "live", "published_at"):
        forth, back = (
            [line for page in (1, 2, 3) for line in headlines(at_desk, ordering=order, p=page)]
            for order in (column, f"-{column}")
        )
        assert len(set(forth)) == 20, column
        assert back == forth[::-1], column
    assert headlines(at_desk)[0] == "Tide 3 of 19"
    assert headlines(at_desk, ordering="headline", live="false", p=1)[0] == "Tide 0 of 00"


def test_what_is_scheduled_comes_first_where_the_list_is_ordered_by_its_moments(at_desk):
    approving.found_workflow()
    carol = Reader.objects.get()
    for number in range(4):
        write(number, carol)
    assert [line[-1] for line in headlines(at_desk, ordering="scheduled_for")] == ["3", "2", "1", "0"]
    for number, days in ((1, 3), (2, 1)):
        article = Article.objects.get(headline=f"The tide of day {number}")
        article.go_live_at = timezone.now() + timedelta(days=days)
        article.save_revision(user=carol).publish()
    assert [line[-1] for line in headlines(at_desk, ordering="scheduled_for")] == ["2", "1", "3", "0"]
    assert [line[-1] for line in headlines(at_desk, ordering="-scheduled_for")] == ["1", "2", "3", "0"]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("order", "index"),
    [
        ("", "article_begun"),
        ("headline", "article_headline"),
        ("-headline", "article_headline"),
        ("section", "section"),
        ("-live", "article_live"),
        ("published_at", "article_published"),
    ],
)
def test_which_articles_stand_on_a_page_is_told_by_an_index_alone(at_desk, order, index):
    write(1, Reader.objects.get())
    begin = 'SELECT "articles_article"."id" AS "pk" FROM'
    [numbers] = [sql for sql in queries(at_desk, f"{LIST}?ordering={order}") if sql.startswith(begin)]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {numbers}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert re.search(rf"USING COVERING INDEX \w*{index}", plan)
    assert "TEMP B-TREE" not in plan

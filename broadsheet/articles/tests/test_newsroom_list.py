"""The list of articles asks the database as often for fifty of them as for one."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.articles import approving
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

"""How many comments many articles have: `/comments/counts.json`."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.discussion import counts
from broadsheet.discussion.tests.cast import fill, make_article, write

pytestmark = pytest.mark.django_db(databases="__all__")


def asked(*paths, **extra):
    return Client().get(f"/comments/counts.json?{urlencode([('path', path) for path in paths])}", **extra)


def test_many_articles_are_counted_in_one_call_and_one_query(article, thread):
    fill(thread, 7)
    silent = make_article("Nobody says anything")
    ferry = "/2026/03/02/the-ferry/"
    others = [f"/2026/03/02/none-{n}/" for n in range(counts.MOST - 3)]
    with CaptureQueriesContext(connection) as captured:
        answer = asked(article.path, silent.path, ferry, *others)
    assert len([each for each in captured if "articles_article" in each["sql"]]) == 1
    told = answer.json()["counts"]
    assert (told[article.path], told[silent.path], told[ferry]) == (7, 0, 1)
    assert {told[path] for path in others} == {None}
    assert answer["Cache-Control"] == "public, max-age=60" and not answer.cookies
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_it_finds_them_by_the_index_of_addresses(article):
    places = [(article.published_on, f"slug-{n}") for n in range(counts.MOST)]
    with CaptureQueriesContext(connection) as captured:
        counts._counts(places)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of two rows is read through otherwise
            cursor.execute(f"EXPLAIN {captured[0]['sql']}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "published_on" in plan and "Seq Scan on articles_article" not in plan
    assert "SCAN articles_article" not in plan


def test_what_is_no_public_article_has_no_count(article, thread):
    write(thread)
    withdrawn = make_article("Withdrawn", live=False)
    odd = [
        "/",
        "/about/",
        withdrawn.path,
        "/2026/02/30/x/",
        "/0000/00/00/x/",
        f"{article.path}c/1/",
        "\0",
        "x" * 9000,
    ]
    odd += [
        article.path.removesuffix("/"),
        f"https://evil.example{article.path}",
        "/2026/03/02/a\0b/",
        "/٢٠٢٦/03/02/x/",
    ]
    assert set(asked(*odd).json()["counts"].values()) == {None}


def test_none_and_too_many_are_not_understood(article):
    assert Client().get("/comments/counts.json").status_code == 400
    answer = asked(*(f"/{n}/" for n in range(counts.MOST + 1)))
    assert answer.status_code == 400 and "1 to 100" in answer.json()["error"]


def test_one_network_may_not_ask_without_an_end(article, settings):
    settings.OPTIONS = {**settings.OPTIONS, "limit_counts_network": "2/60"}
    answers = [asked(article.path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert asked(article.path, REMOTE_ADDR="198.51.100.7").status_code == 200

"""The same bytes for everyone: nothing that a request carries ever changes a print."""

import pytest
from django.test import Client

from broadsheet.discussion.tests.cast import post, write
from broadsheet.press import store

pytestmark = pytest.mark.django_db(databases="__all__")

HEADERS = [
    {}, {"HTTP_COOKIE": "session=x; csrftoken=y; signed_in=1"}, {"HTTP_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"}, {"HTTP_X_FORWARDED_PROTO": "https"}, {"HTTP_ACCEPT_LANGUAGE": "de"},
    {"HTTP_ACCEPT": "application/json"}, {"HTTP_USER_AGENT": "<script>"}, {"HTTP_REFERER": "https://evil.example/"},
    {"HTTP_X_ORIGINAL_URL": "/newsroom/"}, {"HTTP_X_REWRITE_URL": "/newsroom/"}, {"HTTP_RANGE": "bytes=0-1"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"}, {"HTTP_AUTHORIZATION": "Basic eDp5"},
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"HTTP_IF_MODIFIED_SINCE": "Thu, 01 Jan 1970 00:00:00 GMT"}, {"HTTP_ACCEPT_ENCODING": "zstd, x" * 200},
]  # fmt: skip
QUERIES = [
    "",
    "utm_source=x",
    "x=%00",
    "a=1&" * 300,
    "%ff%fe",
    "preview=1",
    "page=2",
    "P=1",
    "format=json",
    "_=" + "x" * 5000,
]


@pytest.fixture
def places(article, thread):
    write(thread)
    return [
        article.path,
        "/",
        f"{article.path}thread.json",
        f"{article.path}c/1/",
        "/feed.xml",
        "/archive/",
        "/section/harbour/",
    ]


@pytest.mark.parametrize("printed_already", [True, False])
def test_no_query_header_or_cookie_changes_a_printed_byte(ask, places, printed_already, prints):
    for path in places:
        plain = ask(path)
        assert plain.status == 200
        for headers in HEADERS:
            if not printed_already:
                store.forget(path)
            answer = ask(path, **headers)
            assert (answer.status, answer.body) == (200, plain.body), (path, headers)
        for query in QUERIES:
            if not printed_already:
                store.forget(path)
            answer = ask(path, query=query)
            assert (answer.status, answer.body) == (200, plain.body), (path, query)
        assert store.read(path) == plain.body


def test_the_print_made_for_staff_is_everybodys(article, carol, ask):
    staff = Client()
    staff.force_login(carol)
    first = staff.get(article.path)
    assert store.read(article.path) == first.content
    assert b"Carol" not in first.content
    assert ask(article.path).body == first.content


def test_no_page_sets_a_cookie(article, thread, ask, client):
    write(thread)
    missing = ["/nothing/", "/x.php", "/2020/01/01/none/", f"{article.path}c/99/"]
    for path in [
        article.path,
        "/",
        "/feed.xml",
        f"{article.path}c/1/",
        f"{article.path}comments.json",
        *missing,
    ]:
        for _ in range(2):
            assert "Set-Cookie" not in ask(path).headers
        assert not client.get(path).cookies
    assert "Set-Cookie" not in post(article).headers


def test_every_print_says_how_it_may_be_kept_and_where_nothing_else_may_load_from(ask, places):
    for path in places:
        for answer in (ask(path), ask(path)):
            assert answer.headers["Cache-Control"] == "public, no-cache"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "same-origin"
        assert ask(path).headers["ETag"]


def test_a_print_is_answered_without_the_application(ask, places):
    def application(environ, start_response):
        raise AssertionError("the application was asked")

    for path in places:
        ask(path)
    for path in places:
        assert ask(path, application=application).status == 200


def test_whoever_has_the_print_is_told_that_it_is_the_same_until_it_changes(ask, article):
    etag = [ask(article.path) for _ in range(2)][1].headers["ETag"]
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        answer = ask(article.path, HTTP_IF_NONE_MATCH=known)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert ask(article.path, HTTP_IF_NONE_MATCH='"other"').status == 200
    from broadsheet.discussion.tests.cast import posted
    from broadsheet.wiring.worker import drain

    posted(article, "New.")
    drain()
    answer = ask(article.path, HTTP_IF_NONE_MATCH=etag)
    assert answer.status == 200 and b"New." in answer.body and answer.headers["ETag"] != etag


def test_a_version_printed_within_the_same_second_is_not_taken_for_the_one_before(ask, prints):
    """Forgotten and printed again with as many bytes: what the stand remembers must not be handed out."""
    store.write("/a/", b"one")
    assert ask("/a/").body == b"one"
    store.forget("/a/")
    store.write("/a/", b"two")
    assert ask("/a/").body == b"two"

"""No other site can make a reader's browser comment in the reader's name."""

import pytest
from django.test import Client

from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import post, posted

pytestmark = pytest.mark.django_db(databases="__all__")

OWN = "http://testserver"


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


@pytest.fixture
def signed_in(alice):
    client = Client()
    client.force_login(alice)
    return client


FOREIGN = [
    {"HTTP_SEC_FETCH_SITE": "cross-site"},
    {"HTTP_SEC_FETCH_SITE": "same-site"},
    {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": OWN},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": ""},
    {"HTTP_ORIGIN": "https://example.org"},
    {"HTTP_ORIGIN": "http://testserver.example.org"},
    {"HTTP_ORIGIN": "http://testserver:81"},
    {"HTTP_ORIGIN": "http://testserver@example.org"},
    {"HTTP_ORIGIN": "http://["},
    {"HTTP_ORIGIN": "file://"},
    {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_post_from_elsewhere_is_refused_with_and_without_an_account(article, signed_in, headers):
    for client in (Client(), signed_in):
        assert post(article, client=client, **headers).status_code == 403
    assert not Comment.objects.filter(thread__article=article).exists()


@pytest.mark.parametrize("headers", [{"HTTP_ORIGIN": OWN}, {"HTTP_SEC_FETCH_SITE": "same-origin"}], ids=str)
def test_a_post_from_our_own_page_is_the_signed_in_readers(article, signed_in, alice, headers):
    comment = posted(article, name="Somebody Else", client=signed_in, **headers)
    assert (comment.reader, comment.author_name, comment.guest) == (alice, "Alice", None)


def test_the_publications_own_address_is_its_own_behind_a_front(article, signed_in, alice, settings):
    settings.URL = "https://gannet.example"
    comment = posted(article, client=signed_in, HTTP_ORIGIN="https://gannet.example")
    assert comment.reader == alice


def test_a_post_that_says_nothing_of_its_origin_is_a_guests_whatever_cookies_it_brings(article, signed_in):
    comment = posted(article, name="Somebody Else", client=signed_in)
    assert (comment.reader, comment.author_name) == (None, "Somebody Else")


def test_a_tool_without_account_or_headers_may_comment(article):
    assert posted(article, name="curl").reader is None

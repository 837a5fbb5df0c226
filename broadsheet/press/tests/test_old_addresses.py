"""Old addresses lead to where things are now: in one step, never off the site, never in a circle."""

import pytest
from django.test import Client

from broadsheet.articles.models import OldAddress
from broadsheet.discussion.tests.cast import write
from broadsheet.press.tests.paper import publish

pytestmark = pytest.mark.django_db(databases="__all__")


def leads(path):
    answer = Client().get(path)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.fixture
def old(article, thread):
    write(thread, anchor="comment-77")
    for path in ("/?p=12", "/2019/05/tide/", "/?page_id=13"):
        OldAddress.objects.create(path=path, target=article.path)
    OldAddress.objects.create(path="/?p=99")
    OldAddress.objects.create(path="/2019/05/withdrawn/")
    return article


@pytest.mark.parametrize(
    ("path", "beneath"),
    [
        ("/?p=12", ""), ("/?page_id=13", ""), ("/index.php?p=12", ""), ("/?p=12&utm_source=x", ""),
        ("/2019/05/tide/", ""), ("/2019/05/tide", ""), ("/2019/05/tide/?replytocom=77", "c/comment-77/"),
        ("/2019/05/tide/comment-page-3/", ""), ("/2019/05/tide/comment-page-3", ""), ("/2019/05/tide/?cpage=2", ""),
        ("/2019/05/tide/feed/", "comments/feed.xml"),
    ],
)  # fmt: skip
def test_an_address_of_the_old_site_leads_to_the_article(old, path, beneath):
    assert leads(path) == (301, old.path + beneath)


def test_an_anchor_of_the_old_site_is_found_in_two_steps(old):
    _, first = leads("/2019/05/tide/?replytocom=77")
    assert leads(first) == (301, f"{old.path}c/1/")
    assert Client().get(f"{old.path}c/1/").status_code == 200


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/feed/", "/feed.xml"), ("/feed", "/feed.xml"), ("/feed/atom/", "/feed.xml"), ("/?feed=rss2", "/feed.xml"),
        ("/?feed=atom", "/feed.atom"), ("/comments/feed/", "/comments/feed.xml"), ("/?s=tide", "/search/?q=tide"),
        ("/section/harbour/feed/", "/section/harbour/feed.xml"), ("/section/harbour", "/section/harbour/"),
    ],
)  # fmt: skip
def test_what_every_old_site_had_leads_on(old, path, target):
    assert leads(path) == (301, target)


def test_what_is_gone_for_good_says_so(old):
    assert leads("/2019/05/withdrawn/")[0] == 410


@pytest.mark.parametrize(
    "path",
    [
        "/?p=4711",
        "/?p=x",
        "/?p=",
        "/?p=-1",
        "/?p=99999999999999999999999",
        "/?replytocom=x",
        "/?cpage=",
        "/?p=12%00",
    ],
)
def test_a_query_that_leads_nowhere_ends_at_a_page(old, path):
    status, target = leads(path)
    assert status in {200, 301}
    assert target in {"", "/"} and "?" not in target


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/", "//evil.example", "//evil.example/feed/", "/\\evil.example", "/\\evil.example/feed/",
        "/%5cevil.example/comment-page-2/", "//evil.example/comment-page-2", "/%2f%2fevil.example/feed",
        "///evil.example/feed/", "/http:/evil.example", "/%0d%0aSet-Cookie:x=1/feed/", "//evil.example/?feed=rss",
        "//evil.example/?replytocom=1",
    ],
)  # fmt: skip
def test_no_address_leads_off_the_site(old, path):
    answer = Client().get(path)
    target = answer.headers.get("Location", "/")
    assert target.startswith("/") and not target.startswith(("//", "/\\", "/%5c", "/%2f"))
    assert "Set-Cookie" not in answer.headers and answer.status_code < 500


def test_slugs_that_change_again_and_back_lead_in_one_step_and_in_no_circle(article, clock):
    first = article.path
    for slug in ("second", "third"):
        publish(article, slug=slug)
    third = article.path
    assert leads(first) == (301, third)
    assert leads(third.replace("third", "second")) == (301, third)
    publish(article, slug="the-tide-is-late")
    assert Client().get(first).status_code == 200
    assert leads(third) == (301, first)
    assert leads(f"{third}c/5/") == (301, f"{first}c/5/")


@pytest.mark.parametrize("kind", ["section", "tag", "by"])
def test_the_numbered_pages_of_a_list_lead_on_with_it_or_are_gone_with_it(old, kind):
    OldAddress.objects.create(path=f"/{kind}/old/", target=f"/{kind}/new/")
    OldAddress.objects.create(path=f"/{kind}/dropped/")
    assert leads(f"/{kind}/old/page/2/") == (301, f"/{kind}/new/page/2/")
    assert leads(f"/{kind}/old/page/2") == (301, f"/{kind}/new/page/2/")
    assert leads(f"/{kind}/dropped/page/2/")[0] == 410
    assert leads(f"/{kind}/never/page/2/")[0] == 404


def test_many_comment_pages_in_one_address_cost_no_more_than_one(old, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert leads("/2019/05/tide/" + "comment-page-1/" * 300) == (301, old.path)


def test_a_browser_asks_again_about_where_an_old_address_leads(old):
    assert Client().get("/2019/05/tide/").headers["Cache-Control"] == "no-cache"


def test_who_looks_for_holes_fills_no_log(publication, caplog):
    for hole in ("/wp-login.php", "/.env", "/2024/05/06/nothing/"):
        assert Client().get(hole).status_code == 404
    assert caplog.records == []

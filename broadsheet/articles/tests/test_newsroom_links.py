"""The window in which a link is chosen offers what readers can open here, and nothing of Wagtail's page tree."""

import re

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article, StandingPage
from broadsheet.articles.tests.newsroom_forms import staff
from broadsheet.masthead import founding

pytestmark = pytest.mark.django_db(databases="__all__")

LINKS = "/newsroom/links/"


@pytest.fixture
def dora():
    founding.found(name="The Ebb", email="publisher@example.org")
    Article.objects.create(headline="The tide & the ferry", live=True, published_at=timezone.now())
    Article.objects.create(headline="A tide nobody knows of yet", live=False)
    StandingPage.objects.create(title="About the tide", path="/about/", live=True)
    StandingPage.objects.create(title="A page in the making", path="/soon/", live=False)
    return staff("Contributors", "Dora")


def offered(html: str) -> list[tuple[str, str]]:
    return re.findall(r'data-url="([^"]+)" data-title="([^"]+)"', html)


def test_what_readers_can_open_is_offered_with_its_address(dora):
    answer = dora.get(LINKS).json()
    assert answer["step"] == "browse"
    article = Article.objects.get(live=True)
    assert offered(answer["html"]) == [
        (article.path, "The tide &amp; the ferry"),
        ("/about/", "About the tide"),
    ]


def test_typing_words_finds_older_ones_and_another_order_of_words_too(dora):
    found = dora.get(f"{LINKS}found/", {"q": "ferry tide"}).content.decode()
    assert [title for _, title in offered(found)] == ["The tide &amp; the ferry"]
    assert "Nothing that readers can open" in dora.get(f"{LINKS}found/", {"q": "knows"}).content.decode()


def test_other_kinds_of_links_stand_beside_and_lead_back(dora):
    kinds = {f"allow_{kind}_link": "true" for kind in ("external", "email", "phone", "anchor")}
    window = dora.get(LINKS, kinds).json()["html"]
    for kind in ("external", "email", "phone", "anchor"):
        assert f"/newsroom/choose-{kind}-link/?" in window
    elsewhere = dora.get("/newsroom/choose-external-link/", kinds).json()["html"]
    assert f'href="{LINKS}?' in elsewhere
    assert "choose-page" not in elsewhere


def test_the_editor_opens_this_window_and_the_page_tree_is_closed(dora):
    assert LINKS in dora.get("/newsroom/snippets/articles/article/add/").content.decode()
    assert dora.get("/newsroom/choose-page/").status_code == 404

"""Where something stood no print is left, and who comes there is told where it went."""

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.articles import recalling
from broadsheet.articles.models import Article, Byline, StandingPage
from broadsheet.events.recording import record
from broadsheet.press import store
from broadsheet.press.tests.paper import publish
from broadsheet.readers.models import Reader

pytestmark = pytest.mark.django_db(databases="__all__")


def told(client, path):
    answer = client.get(path)
    return answer.status_code, answer.headers.get("Location", "")


def test_a_standing_page_that_moves_leaves_the_way_and_no_print(paper, client):
    assert store.stands("/about/")
    publish(paper.standing, path="/about-us/")
    paper.press()
    assert not store.stands("/about/")
    assert told(client, "/about/") == (301, "/about-us/")
    assert client.get("/about-us/").status_code == 200
    publish(StandingPage.objects.get(), path="/about/")
    paper.press()
    assert not store.stands("/about-us/")
    assert told(client, "/about-us/") == (301, "/about/")


def test_a_standing_page_that_is_taken_back_under_another_path_leaves_no_print(paper, client):
    publish(paper.standing)
    page = StandingPage.objects.get()
    page.path = "/about-us/"
    page.unpublish()
    paper.press()
    assert not store.stands("/about/")
    assert told(client, "/about/") == (301, "/about-us/")
    assert client.get("/about-us/").status_code == 410


def test_a_standing_page_that_is_withdrawn_leaves_no_print_and_no_menu(paper, client, carol):
    paper.publication.menu = "About us /about/\nThe ferry /section/letters/"
    paper.publication.save()
    publish(paper.standing)
    paper.press()
    assert b'href="/about/">About us' in store.read(paper.article.path)
    recalling.recall(StandingPage.objects.get(), by=carol, kind="safety", words="It named somebody.")
    paper.press()
    assert not store.stands("/about/")
    places = ("/", "/sitemap.xml", paper.article.path)
    assert [place for place in places if b"/about/" in store.read(place)] == []
    assert b"The ferry" in store.read("/")
    assert "It named somebody." in client.get("/about/").content.decode()
    publish(StandingPage.objects.get())
    paper.press()
    assert b'href="/about/">About us' in store.read(paper.article.path)
    assert paper.stale() == []


def test_a_draft_that_was_never_public_leaves_no_way(paper, client):
    draft = StandingPage.objects.create(title="Rules", path="/rules/", live=False)
    publish(draft, path="/house-rules/")
    paper.press()
    assert client.get("/rules/").status_code == 404


def feeds(path):
    return [f"{path}feed.{kind}" for kind in ("xml", "atom", "json")]


@pytest.mark.parametrize(("kind", "was"), [("section", "/section/harbour/"), ("person", "/by/ines-aldana/")])
def test_what_gets_another_slug_leads_on_with_its_feeds_and_leaves_no_print(paper, client, kind, was):
    thing, places = getattr(paper, kind), [was, *feeds(was)]
    assert all(map(store.stands, places))
    thing.slug = "quays"
    thing.save()
    now = thing.path
    record(f"{kind}.changed", id=thing.pk, was=was, now=now)
    paper.press()
    assert [path for path in [*places, f"{was}page/2/"] if store.stands(path)] == []
    for path in places:
        assert told(client, path) == (301, path.replace(was, now))
        assert client.get(path.replace(was, now)).status_code == 200


@pytest.mark.parametrize("kind", ["section", "tag", "person"])
def test_what_is_deleted_leaves_no_print_and_is_gone(paper, static_files, kind):
    newsroom = Client()
    newsroom.force_login(Reader.objects.create_superuser("dana@example.org", name="Dana"))
    thing = getattr(paper, kind)
    for article in Article.objects.filter(section=paper.section):
        article.section, article.bylines = paper.other_section, [Byline(person=paper.other_person)]
        article.save()
    places = [thing.path, *(feeds(thing.path) if kind != "tag" else [])]
    assert all(map(store.stands, places))
    app = "masthead" if kind == "person" else "articles"
    answer = newsroom.post(reverse(f"wagtailsnippets_{app}_{kind}:delete", args=[thing.pk]))
    assert answer.status_code == 302 and not type(thing).objects.filter(pk=thing.pk).exists()
    paper.press()
    assert [path for path in [*places, f"{thing.path}page/2/"] if store.stands(path)] == []
    assert [Client().get(path).status_code for path in places] == [410] * len(places)

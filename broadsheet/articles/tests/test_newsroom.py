"""Articles through the newsroom, over HTTP."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.articles.models import Article, Byline, OldAddress, Section, StandingPage, Tag
from broadsheet.articles.newsroom import ArticleForm
from broadsheet.articles.tests.making import make_picture
from broadsheet.events import beating
from broadsheet.events.models import Event
from broadsheet.masthead.models import Person
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]


@pytest.fixture
def newsroom(client) -> Client:
    client.force_login(Reader.objects.create_superuser("carol@example.org", name="Carol"))
    return client


@pytest.fixture
def person() -> Person:
    Person.objects.create(name="Somebody Else", slug="somebody-else")
    return Person.objects.create(name="Ines Aldana", slug="ines-aldana")


def filled(headline="The tide is late", *, people=(), slug="", text="<p>It came at noon.</p>", **fields):
    """What the editing form sends."""
    bylines = [{"person": person.pk, "ORDER": order} for order, person in enumerate(people)]
    data = {
        "headline": headline,
        "standfirst": "",
        "slug": slug,
        "body": streamfield([("paragraph", rich_text(text)), ("separator", "")]),
        "lead_alt": "",
        "lead_caption": "",
        "lead_credit": "",
        "lead_picture": "",
        "section": "",
        "tags": "",
        "credit": "",
        "credit_url": "",
        "comments_open": "on",
        "updated_at": "",
        "go_live_at": "",
        "expire_at": "",
        "bylines": inline_formset(bylines),
        **fields,
    }
    return nested_form_data(data)


def url(name, *args, model="articles_article"):
    return reverse(f"wagtailsnippets_{model}:{name}", args=args)


def write(newsroom, **fields) -> Article:
    """Write a new article; `publish=True` publishes it at once."""
    publish = {"action-publish": "on"} if fields.pop("publish", False) else {}
    answer = newsroom.post(url("add"), {**filled(**fields), **publish})
    assert answer.status_code == 302, answer.context["form"].errors
    return Article.objects.latest("pk")


def revise(newsroom, article, *, publish=True, **fields):
    action = {"action-publish": "on"} if publish else {}
    return newsroom.post(url("edit", article.pk), {**filled(**fields), **action})


def facts(kind):
    return [event.facts for event in Event.objects.filter(kind=kind)]


def test_a_draft_is_not_public(newsroom):
    article = write(newsroom)
    assert not article.live
    assert article.published_on is None
    assert facts("article.published") == []
    assert Client().get(article.path).status_code == 404


def test_a_draft_s_slug_is_made_from_its_headline(newsroom):
    assert write(newsroom, headline="Tide & time").slug == "tide-time"


def test_publishing_makes_an_article_public_with_its_people_and_tags(newsroom, person):
    section = Section.objects.create(name="Harbour", slug="harbour")
    before = timezone.now()
    article = write(newsroom, people=[person], section=section.pk, tags="ferries, tides", publish=True)
    assert article.live
    assert before <= article.published_at <= timezone.now()
    assert article.published_on == timezone.localdate(article.published_at)
    assert article.people == [person]
    assert set(article.tags.names()) == {"ferries", "tides"}
    assert [block.block_type for block in article.body] == ["paragraph", "separator"]
    assert facts("article.published") == [
        {"article": article.pk, "was": None, "stood_in": [], "translated": None}
    ]
    assert "It came at noon." in Client().get(article.path).content.decode()


def test_the_moment_of_publication_is_set_once(newsroom):
    article = write(newsroom, publish=True)
    yesterday = timezone.now() - timedelta(days=1)
    Article.objects.filter(pk=article.pk).update(published_at=yesterday, published_on=yesterday.date())
    assert revise(newsroom, article, headline="The tide is later").status_code == 302
    article.refresh_from_db()
    assert article.headline == "The tide is later"
    assert article.published_at == yesterday
    assert article.published_on == yesterday.date()


def test_a_change_saved_as_a_draft_leaves_the_public_article_alone(newsroom):
    article = write(newsroom, publish=True)
    revise(newsroom, article, publish=False, headline="Not yet")
    article.refresh_from_db()
    assert article.headline == "The tide is late"
    assert article.has_unpublished_changes


def test_another_slug_leaves_the_way_from_the_old_address(newsroom):
    article = write(newsroom, publish=True)
    old = article.path
    revise(newsroom, article, slug="tide-and-time")
    article.refresh_from_db()
    assert article.path != old
    assert OldAddress.objects.get(path=old).target == article.path
    assert facts("article.published")[-1]["was"] == old


def test_a_slug_of_another_article_of_that_day_is_refused_with_a_sentence(newsroom):
    write(newsroom, slug="tide", publish=True)
    second = write(newsroom, slug="ebb", publish=True)
    answer = revise(newsroom, second, slug="tide")
    assert answer.status_code == 200
    assert "Another article of that day" in answer.content.decode()
    second.refresh_from_db()
    assert second.slug == "ebb"


def test_an_emptied_slug_is_made_of_the_headline_and_refused_where_another_has_it(newsroom):
    first, second = write(newsroom, publish=True), write(newsroom, publish=True)
    assert revise(newsroom, second, slug="").status_code == 200
    second.refresh_from_db()
    assert second.slug == f"{first.slug}-2"


def test_a_slug_that_was_taken_before_the_moment_came_is_not_published_twice(newsroom):
    first, second = write(newsroom, slug="ebb", publish=True), write(newsroom, slug="flood", publish=True)
    second.slug = "tide"
    waiting = second.save_revision()
    first.slug = "tide"
    first.save_revision().publish()
    waiting.publish()
    second.refresh_from_db()
    assert second.slug == "tide-2"


def test_a_draft_that_is_saved_while_the_article_is_published_takes_nothing_back(newsroom, monkeypatch):
    article = write(newsroom)
    clean = ArticleForm.clean

    def publish_meanwhile(form):
        draft = Article.objects.get(pk=article.pk)
        if not draft.live and draft.latest_revision == article.latest_revision:
            draft.latest_revision.publish()
        return clean(form)

    monkeypatch.setattr(ArticleForm, "clean", publish_meanwhile)
    assert revise(newsroom, article, publish=False, headline="Saved by itself").status_code == 302
    article.refresh_from_db()
    assert article.live
    assert article.headline == "The tide is late"
    assert article.get_latest_revision_as_object().headline == "Saved by itself"


def test_a_byline_that_was_saved_by_itself_a_moment_before_does_not_stand_there_twice(newsroom, person):
    article = write(newsroom, people=[person])
    assert revise(newsroom, article, people=[person]).status_code == 302
    article.refresh_from_db()
    assert article.live
    assert [byline.person for byline in article.bylines.all()] == [person]


def test_a_first_publication_finds_a_free_slug(newsroom):
    write(newsroom, publish=True)
    assert write(newsroom, publish=True).slug == "the-tide-is-late-2"


def test_unpublishing_takes_an_article_back(newsroom):
    article = write(newsroom, publish=True)
    assert newsroom.post(url("unpublish", article.pk), {"kind": "editors"}).status_code == 302
    article.refresh_from_db()
    assert not article.live
    assert facts("article.unpublished") == [{"article": article.pk}]


def test_two_revisions_are_compared(newsroom):
    article = write(newsroom)
    revise(newsroom, article, publish=False, headline="The tide is early")
    older, newer = article.revisions.order_by("pk").values_list("pk", flat=True)
    page = newsroom.get(url("revisions_compare", article.pk, older, newer))
    assert page.status_code == 200
    assert "early" in page.content.decode()


def test_an_older_revision_is_brought_back(newsroom):
    article = write(newsroom, publish=True)
    revise(newsroom, article, headline="Wrong")
    first = article.revisions.order_by("pk").first()
    page = newsroom.get(url("revisions_revert", article.pk, first.pk))
    assert "The tide is late" in page.content.decode()


def test_the_preview_shows_what_is_not_saved_yet(newsroom, person):
    article = write(newsroom, people=[person])
    preview = url("preview_on_edit", article.pk)
    assert newsroom.post(preview, filled("Only in the preview", people=[person])).json()["is_valid"]
    page = newsroom.get(preview)
    assert page.status_code == 200
    assert "Only in the preview" in page.content.decode()
    article.refresh_from_db()
    assert article.headline == "The tide is late"


def test_a_new_article_is_previewed_before_it_is_saved(newsroom):
    preview = url("preview_on_add")
    assert newsroom.post(preview, filled("Never saved")).json()["is_valid"]
    assert "Never saved" in newsroom.get(preview).content.decode()
    assert not Article.objects.exists()


def test_scheduling_a_change_of_an_imported_article_keeps_it_public(newsroom):
    article = Article(headline="Imported", slug="imported", live=True)
    article.save()
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    revise(newsroom, article, headline="Changed", slug="imported", go_live_at=tomorrow)
    article.refresh_from_db()
    assert article.live
    assert article.headline == "Imported"
    assert article.scheduled_revision is not None


def test_the_list_is_searched_by_headline_and_narrowed_by_section(newsroom):
    section = Section.objects.create(name="Harbour", slug="harbour")
    write(newsroom, headline="Ferries sail again", section=section.pk)
    write(newsroom, headline="Letters of the week")
    newsroom.get(url("list"))  # says that both were created, by name
    found = newsroom.get(url("list"), {"q": "ferries"}).content.decode()
    assert "Ferries sail again" in found
    assert "Letters of the week" not in found
    narrowed = newsroom.get(url("list"), {"section": section.pk}).content.decode()
    assert "Ferries sail again" in narrowed
    assert "Letters of the week" not in narrowed


def test_a_published_article_cannot_be_deleted_and_a_draft_can(newsroom):
    published, draft = write(newsroom, publish=True), write(newsroom, headline="Draft")
    for article in (published, draft):
        newsroom.post(url("delete", article.pk))
    bulk = reverse("wagtail_bulk_action", args=["articles", "article", "delete"])
    newsroom.post(f"{bulk}?id={published.pk}", {"next": "/newsroom/"})
    assert list(Article.objects.all()) == [published]


def test_an_author_writes_and_does_not_publish(client):
    from broadsheet.masthead import founding

    founding.found_groups()
    bob = Reader.objects.create_user("bob@example.org", name="Bob")
    bob.groups.set(Group.objects.filter(name="Authors"))
    client.force_login(bob)
    article = write(client, publish=True)
    assert not article.live
    client.post(url("unpublish", article.pk))
    assert article.begun_by == bob
    assert client.get(url("list", model="articles_section"))["Location"] == "/newsroom/"


@pytest.mark.parametrize(
    ("model", "made", "fields"),
    [
        (
            "section",
            Section(name="Harbour", slug="harbour"),
            {"name": "Port", "slug": "port", "description": "", "parent": "", "order": "0"},
        ),
        ("tag", Tag(name="Ferries", slug="ferries"), {"name": "Boats", "slug": "boats"}),
    ],
)
def test_a_change_of_what_stands_on_many_pages_is_a_fact(newsroom, model, made, fields):
    made.pk = None
    made.save()
    was = made.path
    name = f"articles_{model}"
    assert newsroom.post(url("edit", made.pk, model=name), fields).status_code == 302
    assert facts(f"{model}.changed") == [{"id": made.pk, "was": was, "now": f"/{model}/{fields['slug']}/"}]
    newsroom.post(url("delete", made.pk, model=name))
    assert len(facts(f"{model}.changed")) == 2


def test_a_standing_page_is_published_and_not_deleted_while_public(newsroom):
    data = nested_form_data(
        {
            "title": "About",
            "path": "about",
            "menu_order": "1",
            "go_live_at": "",
            "expire_at": "",
            "body": streamfield([("paragraph", rich_text("<p>Who we are.</p>"))]),
            "action-publish": "on",
        }
    )
    assert newsroom.post(url("add", model="articles_standingpage"), data).status_code == 302
    page = StandingPage.objects.get()
    assert page.live
    assert page.path == "/about/"
    name = "articles_standingpage"
    preview = url("preview_on_edit", page.pk, model=name)
    assert newsroom.post(preview, {**data, "title": "About us"}).json()["is_valid"]
    assert "About us" in newsroom.get(preview).content.decode()
    newsroom.post(url("delete", page.pk, model="articles_standingpage"))
    assert StandingPage.objects.filter(pk=page.pk).exists()


def test_the_dashboard_shows_the_day_s_work_and_whether_the_clock_goes(newsroom):
    write(newsroom, headline="A draft of mine")
    write(newsroom, headline="Out today", publish=True)
    page = newsroom.get("/newsroom/").content.decode()
    assert "The clock has never ticked" in page
    assert "A draft of mine" in page
    assert "Out today" in page
    beating.beat("clock")
    assert "The clock last ticked" in newsroom.get("/newsroom/").content.decode()


def test_the_menu_has_no_page_tree(newsroom):
    page = newsroom.get("/newsroom/").content.decode()
    for label in ("Articles", "Sections", "Tags", "People", "Publication", "Standing pages"):
        assert label in page
    for name in ("explorer", "documents", "reports", "help"):
        assert f'"{name}"' not in page


def test_nobody_enters_without_signing_in(client):
    for name in ("list", "add"):
        answer = client.get(url(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/newsroom/login/")


def test_a_draft_whose_section_people_and_picture_were_deleted_opens_without_them(newsroom, person):
    section, picture = Section.objects.create(name="Fog", slug="fog"), make_picture()
    article = write(newsroom, **{"action-publish": "on"})
    article.refresh_from_db()
    article.section, article.lead_picture, article.bylines = section, picture, [Byline(person=person)]
    article.save_revision()
    for thing in (section, person, picture):
        thing.delete()
    assert newsroom.get(url("edit", article.pk)).status_code == 200
    assert newsroom.get(url("revisions_compare", article.pk, "earliest", "latest")).status_code == 200

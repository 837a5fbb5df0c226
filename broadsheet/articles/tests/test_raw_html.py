"""Who may write HTML by hand, through the newsroom's door."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from broadsheet.articles.models import Article, StandingPage
from broadsheet.articles.tests.test_newsroom import filled, url
from broadsheet.masthead.founding import found_groups
from broadsheet.readers.models import Reader

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("static_files")]

TABLE = "<table><tbody><tr><td>1</td></tr></tbody></table>"
REFUSAL = "Only a publisher may add or change an HTML block"


@pytest.fixture
def publisher(client_of):
    return client_of(Reader.objects.create_superuser("carol@example.org", name="Carol"))


@pytest.fixture
def editor(client_of):
    found_groups()
    reader = Reader.objects.create_user("bob@example.org", name="Bob", is_staff=True)
    reader.groups.add(Group.objects.get(name="Editors"))
    return client_of(reader)


@pytest.fixture
def client_of(client):
    def signed_in(reader):
        other = type(client)()
        other.force_login(reader)
        return other

    return signed_in


def body_of(*pieces):
    return streamfield([("html", piece) for piece in pieces])


def written(publisher, *pieces):
    publisher.post(url("add"), filled(body=body_of(*pieces)))
    return Article.objects.get()


def html_in(article):
    article = Article.objects.get(pk=article.pk).get_latest_revision_as_object()
    return [block.value for block in article.body if block.block_type == "html"]


def test_a_publisher_writes_html_and_it_is_stored_sanitised(publisher):
    article = written(publisher, TABLE + "<script>x()</script>")
    assert html_in(article) == [TABLE]


def test_an_editor_cannot_add_html(editor):
    answer = editor.post(url("add"), filled(body=body_of(TABLE)))
    assert REFUSAL in answer.content.decode()
    assert not Article.objects.exists()


def test_an_editor_keeps_html_that_stands_moves_it_and_takes_it_away(publisher, editor):
    article = written(publisher, TABLE, "<p>Two</p>")
    edit = url("edit", article.pk)
    assert editor.post(edit, filled(headline="Another", body=body_of("<p>Two</p>", TABLE))).status_code == 302
    assert html_in(article) == ["<p>Two</p>", TABLE]
    assert editor.post(edit, filled(body=body_of(TABLE))).status_code == 302
    assert html_in(article) == [TABLE]


@pytest.mark.parametrize("pieces", [(TABLE.replace("1", "2"),), (TABLE, TABLE), (TABLE, "<p>New</p>")])
def test_an_editor_cannot_change_double_or_join_html(publisher, editor, pieces):
    article = written(publisher, TABLE)
    answer = editor.post(url("edit", article.pk), filled(body=body_of(*pieces)))
    assert REFUSAL in answer.content.decode()
    assert html_in(article) == [TABLE]


def test_a_standing_page_is_no_way_around(editor):
    add = reverse("wagtailsnippets_articles_standingpage:add")
    from wagtail.test.utils.form_data import nested_form_data

    data = {"title": "About", "path": "/about/", "body": body_of(TABLE), "menu_order": 0}
    answer = editor.post(add, nested_form_data({**data, "go_live_at": "", "expire_at": ""}))
    assert REFUSAL in answer.content.decode()
    assert not StandingPage.objects.exists()

"""What the blocks show and what the editor refuses, each kind by itself."""

import importlib
import json
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from broadsheet.articles import body, figures
from broadsheet.articles.models import Article
from broadsheet.articles.tests.making import make_article, make_picture, paragraph
from broadsheet.masthead import speaking

pytestmark = pytest.mark.django_db


def html_of(kind, value):
    article = make_article(blocks=[{"type": kind, "value": value}])
    return body.body_html(article.body, figures.pictures(body.picture_ids(article.body)))


def cleaned(kind, value, *, draft=False):
    """What is stored of a block that somebody filled in, or ValidationError."""
    block = Article._meta.get_field("body").stream_block
    stream = block.to_python([{"type": kind, "value": value}])
    return block.clean_deferred(stream) if draft else block.clean(stream)


def test_a_table_names_its_columns_and_rows_and_scrolls_by_itself():
    html = html_of(
        "table",
        {
            "data": [["Lamp", "Flashes"], ["Gannet Head", "3"], [None, None]],
            "table_caption": "Lamps",
            "first_row_is_table_header": True,
            "first_col_is_header": True,
        },
    )
    assert '<div class="scroll" tabindex="0" role="region" aria-labelledby="part-1">' in html
    assert '<caption id="part-1">Lamps</caption>' in html
    assert '<th scope="col">Flashes</th>' in html
    assert '<th scope="row">Gannet Head</th><td>3</td>' in html
    assert html.count("<tr>") == 2


def test_a_table_without_a_caption_is_named_all_the_same():
    html = html_of("table", {"data": [["1", "2"]], "first_row_is_table_header": True})
    assert 'aria-label="Table"' in html
    assert "<td>1</td><td>2</td>" in html


@pytest.mark.parametrize("value", [None, {}, {"data": []}, {"data": [[None, ""], ["", None]]}])
def test_a_table_that_nobody_filled_in_leaves_no_trace(value):
    assert html_of("table", value) == ""


def test_two_tables_have_labels_of_their_own():
    table = {"type": "table", "value": {"data": [["1"]], "table_caption": "One"}}
    html = body.body_html(make_article(blocks=[table, table]).body, {})
    assert 'id="part-1"' in html
    assert 'id="part-2"' in html


def test_a_quote_and_a_pull_quote_are_told_apart():
    words = {"text": "The tide is late.", "attribution": "Ines"}
    assert 'class="pull"' not in html_of("quote", words)
    assert 'class="pull"' in html_of("pull_quote", words)


def test_a_quote_leads_to_where_it_can_be_read():
    html = html_of("quote", {"text": "Late.", "attribution": "Ines", "source": "https://tide.example/1"})
    assert '<blockquote cite="https://tide.example/1">' in html
    assert '<a href="https://tide.example/1" rel="noopener">Ines</a>' in html
    assert "javascript" not in html_of("quote", {"text": "Late.", "source": "javascript:alert(1)"})


def test_a_callout_stands_beside_the_story_under_its_heading():
    html = html_of("callout", {"heading": "To know", "text": "<p>Bring <b>boots</b>.</p>"})
    assert '<aside class="callout" aria-labelledby="part-1">' in html
    assert "<p>Bring <b>boots</b>.</p>" in html


def test_a_picture_may_be_wider_than_the_text_and_decoration_says_nothing():
    picture = make_picture(480)
    html = html_of(
        "image", {"image": picture.pk, "alt": "A pier", "decorative": True, "width": "wide", "caption": "Low"}
    )
    assert '<figure class="wide">' in html
    assert 'alt=""' in html
    assert "Low" in html


def test_a_picture_is_published_with_a_description_or_as_decoration_and_a_draft_may_wait_for_it():
    picture = {"image": make_picture().pk, "alt": " ", "caption": "", "credit": "", "width": "normal"}
    with pytest.raises(ValidationError):
        cleaned("image", picture)
    with pytest.raises(ValidationError):
        cleaned("gallery", {"images": [picture], "caption": ""})
    cleaned("image", picture, draft=True)
    cleaned("image", {**picture, "alt": "A pier"})
    cleaned("image", {**picture, "decorative": True})


def test_related_articles_are_links_to_what_is_public_in_the_order_chosen():
    first, second, draft = make_article("Fog"), make_article("Tide"), make_article("Not yet", live=False)
    chosen = [second.pk, draft.pk, first.pk, 999]
    html = html_of("related", {"heading": "", "articles": [{"type": "item", "value": pk} for pk in chosen]})
    assert html.index(f'href="{second.path}">Tide') < html.index(f'href="{first.path}">Fog')
    assert "Not yet" not in html
    assert "Read on" in html
    assert html_of("related", {"heading": "Fog", "articles": [draft.pk]}) == ""


def test_related_articles_come_in_one_query(django_assert_num_queries):
    chosen = [make_article().pk for _ in range(5)]
    article = make_article(blocks=[{"type": "related", "value": {"articles": chosen}}])
    with speaking.publicly(), django_assert_num_queries(1):
        assert body.body_html(article.body, {}).count("<li>") == 5


def test_a_list_block_is_a_list():
    assert html_of("list", "<ol><li>One</li></ol>") == "<ol><li>One</li></ol>"


def test_what_is_stored_of_rich_text_and_of_html_is_clean():
    stored = cleaned("paragraph", "<p> <b>One</b>\xa0<b>two</b></p><p></p>")
    assert stored[0].value.source == "<p><b>One</b> <b>two</b></p>"
    stored = cleaned("html", '<p onclick="x()">One</p><script>x()</script>')
    assert stored[0].value == "<p>One</p>"


def test_pull_quotes_of_the_first_edition_become_blocks_of_their_own():
    old = [
        {"type": "quote", "id": "1", "value": {"text": "Large", "attribution": "", "pull": True}},
        {"type": "quote", "id": "2", "value": {"text": "Small", "attribution": "", "pull": False}},
    ]
    article = make_article(blocks=[paragraph("x")])
    table = Article._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET body = %s WHERE id = %s", [json.dumps(old), article.pk])
    article = Article.objects.get(pk=article.pk)
    revision = article.save_revision()
    revision.content["body"] = json.dumps(old)
    revision.save()

    migration = importlib.import_module("broadsheet.articles.migrations.0003_blocks")
    migration.part_quotes(apps, SimpleNamespace(connection=connection))

    for again in (Article.objects.get(pk=article.pk), article.revisions.get().as_object()):
        assert [(block.block_type, block.value["text"]) for block in again.body] == [
            ("pull_quote", "Large"),
            ("quote", "Small"),
        ]

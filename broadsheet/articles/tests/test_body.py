from html import escape

import pytest
from wagtail.embeds.models import Embed

from broadsheet.articles import body, figures
from broadsheet.articles.models import Article, Rendition
from broadsheet.articles.tests.making import HOSTILE, make_article, make_picture, paragraph

pytestmark = pytest.mark.django_db


def html_of_blocks(*blocks):
    article = make_article(blocks=blocks)
    return body.body_html(article.body, figures.pictures(body.picture_ids(article.body)))


def block(kind, value):
    return {"type": kind, "value": value}


def test_a_paragraph_keeps_its_formatting_and_loses_what_is_dangerous():
    html = html_of_blocks(
        paragraph('Some <b>bold</b> <a href="javascript:alert(1)" onclick="x()">link</a><script>x</script>')
    )
    assert "<b>bold</b>" in html
    assert "javascript" not in html
    assert "onclick" not in html
    assert "<script" not in html


def test_raw_html_is_sanitised():
    html = html_of_blocks(
        block("html", '<div style="position:fixed"><iframe src="//x"></iframe><em>kept</em></div>')
    )
    assert "<em>kept</em>" in html
    assert "iframe" not in html
    assert "style" not in html


def test_a_table_can_be_scrolled_by_keyboard():
    assert '<div class="scroll" tabindex="0"' in html_of_blocks(
        block("html", "<table><tr><td>1</td></tr></table>")
    )
    assert "scroll" not in html_of_blocks(block("html", "<em>no table</em>"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quote", {"text": HOSTILE, "attribution": HOSTILE, "source": "https://example.org/"}),
        ("pull_quote", {"text": HOSTILE, "attribution": HOSTILE}),
        ("callout", {"heading": HOSTILE, "text": escape(HOSTILE)}),
        ("table", {"data": [[HOSTILE, HOSTILE], [HOSTILE, HOSTILE]], "table_caption": HOSTILE}),
        ("code", {"text": HOSTILE, "language": HOSTILE}),
        ("embed", {"url": "https://example.org/", "title": HOSTILE}),
        ("embed", {"url": "javascript:alert(1)", "title": HOSTILE}),
    ],
)
def test_plain_text_in_a_block_is_escaped(kind, value):
    html = html_of_blocks(block(kind, value))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "javascript:" not in html
    assert "alert(1)" in html


def test_an_embed_is_a_link_that_names_its_host_and_loads_nothing():
    html = html_of_blocks(block("embed", {"url": "https://www.films.example/1?a=1&b=2", "title": "A film"}))
    assert 'href="https://www.films.example/1?a=1&amp;b=2"' in html
    assert "A film" in html
    assert "films.example</span>" in html
    assert "<iframe" not in html


def test_an_embed_inside_a_paragraph_asks_nobody():
    html = html_of_blocks(paragraph('Before <embed embedtype="media" url="https://films.example/1"/> after'))
    assert "Before" in html
    assert "after" in html
    assert not Embed.objects.exists()


def test_a_quotation_names_whom_it_quotes():
    html = html_of_blocks(block("quote", {"text": "One.\n\nTwo.", "attribution": "Ines"}))
    assert html.count("<p>") == 2
    assert "<figcaption>Ines</figcaption>" in html
    assert "pull" not in html


def test_a_picture_stands_with_its_words_and_the_renditions_that_exist():
    picture = make_picture(480, 960, credit="The Lamp")
    html = html_of_blocks(
        block("image", {"image": picture.pk, "alt": 'A "pier"', "caption": "Low water", "credit": ""})
    )
    assert 'alt="A &quot;pier&quot;"' in html
    assert "<figcaption>Low water" in html
    assert "The Lamp" in html
    assert "480w" in html
    assert "960w" in html
    assert 'width="960" height="640"' in html
    assert 'loading="lazy"' in html


def test_a_picture_without_renditions_waits_and_its_original_is_never_shown():
    picture = make_picture()
    html = html_of_blocks(block("image", {"image": picture.pk, "alt": "", "caption": "", "credit": ""}))
    assert html == ""
    assert not Rendition.objects.exists()


def test_a_picture_that_has_left_the_library_leaves_no_trace():
    assert html_of_blocks(block("image", {"image": 999, "alt": "gone", "caption": "", "credit": ""})) == ""
    assert html_of_blocks(block("gallery", {"images": [], "caption": "Empty"})) == ""


def test_a_gallery_shows_all_its_pictures_under_one_caption():
    items = [
        {"image": make_picture(480).pk, "alt": f"Pier {n}", "caption": "", "credit": ""} for n in range(3)
    ]
    html = html_of_blocks(
        block("gallery", {"images": [{"type": "item", "value": item} for item in items], "caption": "Piers"})
    )
    assert html.count("<img") == 3
    assert "Pier 2" in html
    assert "<figcaption>Piers</figcaption>" in html
    older = html_of_blocks(block("gallery", {"images": items, "caption": "Piers"}))
    assert older == html


def test_a_body_changed_in_memory_shows_the_change():
    article = make_article(blocks=[paragraph("Old")])
    article.body[0] = ("paragraph", "<p>New</p>")
    assert "New" in body.body_html(article.body, {})


def test_a_block_of_an_unknown_kind_is_kept_and_not_shown():
    article = make_article(blocks=[paragraph("Seen"), block("carousel", {"speed": 9})])
    again = Article.objects.get(pk=article.pk)
    assert body.body_html(again.body, {}).strip() == "<p>Seen</p>"


def test_two_pictures_or_ten_take_two_queries(django_assert_num_queries):
    pictures = [make_picture(480) for _ in range(10)]
    blocks = [
        block("image", {"image": picture.pk, "alt": "", "caption": "", "credit": ""}) for picture in pictures
    ]
    for shown in (blocks[:2], blocks):
        article = Article.objects.get(pk=make_article(blocks=shown).pk)
        with django_assert_num_queries(2):
            html = body.body_html(article.body, figures.pictures(body.picture_ids(article.body)))
        assert html.count("<img") == len(shown)

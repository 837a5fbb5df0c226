import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from broadsheet.articles import body, feeds
from broadsheet.articles.blocks import PARAGRAPH_FEATURES
from broadsheet.articles.footnotes import without_notes
from broadsheet.articles.pages.article import description_of
from broadsheet.articles.tests.making import make_article, make_publication, paragraph

pytestmark = pytest.mark.django_db


def noted(words, text="note"):
    return f'{words}<footnote text="{text}">*</footnote>'


def html_of_blocks(*blocks):
    return body.body_html(make_article(blocks=blocks).body, {})


def test_notes_are_numbered_through_all_blocks_and_stand_at_the_end():
    html = html_of_blocks(
        paragraph(noted("One", "First note")),
        {"type": "callout", "value": {"heading": "", "text": f"<p>{noted('Two', 'Second note')}</p>"}},
        paragraph("Three" + noted("", "Third note")),
    )
    assert [html.index(f'id="noteref-{n}"') for n in (1, 2, 3)] == sorted(
        html.index(f'id="noteref-{n}"') for n in (1, 2, 3)
    )
    assert (
        html.index("Three")
        < html.index('<section class="notes" role="doc-endnotes"')
        < html.index("First note")
    )
    assert html.index("First note") < html.index("Second note") < html.index("Third note")


def test_a_number_leads_to_its_note_and_the_note_leads_back():
    html = html_of_blocks(paragraph(noted("One", "First note")))
    assert '<a href="#note-1" id="noteref-1" role="doc-noteref">' in html
    assert '<li id="note-1"><p>First note <a href="#noteref-1" role="doc-backlink"' in html


def test_the_words_of_a_note_may_be_italic_and_link_without_the_marks_of_a_comment_s_link():
    html = html_of_blocks(paragraph(noted("One", "See *The Tide*, https://tide.example/?a=1&amp;b=2")))
    assert "<em>The Tide</em>" in html
    assert '<a href="https://tide.example/?a=1&amp;b=2">' in html
    assert "nofollow" not in html


@pytest.mark.parametrize(
    "hostile",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[x](javascript:alert(1))",
        "&lt;img src=x onerror=alert(1)&gt;",
    ],
)
def test_the_words_of_a_note_are_sanitised(hostile):
    html = html_of_blocks(paragraph(noted("One", hostile)))
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_nobody_forges_the_place_of_a_note():
    html = html_of_blocks(paragraph("Forged \ufdd01\ufdd1 and " + noted("real")))
    assert html.count('class="note-number"') == 1
    assert "Forged 1 and" in html


def test_a_note_without_words_and_a_body_without_notes_leave_no_trace():
    assert html_of_blocks(paragraph(noted("One", ""))) == "<p>One</p>"


def test_a_summary_takes_neither_numbers_nor_notes():
    article = make_article(
        blocks=[paragraph(noted("It came at noon", "By the clock")), paragraph("and left.")]
    )
    html = body.body_html(article.body, {})
    assert description_of(article, html) == "It came at noon and left."
    assert "By the clock" not in without_notes(html)


def test_in_a_feed_numbers_and_ways_back_lead_to_the_article():
    make_publication()
    article = make_article(blocks=[paragraph(noted("One", "First note"))])
    told = feeds.feed_json().content.decode()
    assert f"{article.path}#note-1" in told
    assert f"{article.path}#noteref-1" in told
    assert "First note" in told


def test_the_editor_gives_back_what_it_was_given():
    stored = (
        '<p data-block-key="a1b2c">Once<footnote text="See &quot;X&quot; &amp; *Y*">*</footnote>, twice.</p>'
    )
    converter = ContentstateConverter(PARAGRAPH_FEATURES)
    assert converter.to_database_format(converter.from_database_format(stored)) == stored

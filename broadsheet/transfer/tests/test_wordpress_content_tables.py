"""Tables and footnotes of the old site become blocks and notes of ours where nothing is lost by it."""

import json

import pytest

from broadsheet.transfer.wordpress import notes
from broadsheet.transfer.wordpress.content import article_blocks


def blocks(html: str) -> list[dict[str, object]]:
    return [dict(block) for block in article_blocks(html).blocks]


def test_a_table_of_plain_words_becomes_a_table_block_with_its_headings_and_caption() -> None:
    (table,) = blocks(
        "<figure class='wp-block-table'><table><thead><tr><th><strong>Lamp</strong></th><th>Flashes</th></tr></thead>"
        "<tbody><tr><th>Gannet<br>Head</th><td>3</td></tr><tr><th>Pier</th></tr></tbody></table>"
        "<figcaption>Lamps</figcaption></figure>"
    )
    assert table["type"] == "table"
    assert table["value"] == {
        "data": [["Lamp", "Flashes"], ["Gannet Head", "3"], ["Pier", ""]],
        "table_caption": "Lamps",
        "table_header_choice": "both",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    }


@pytest.mark.parametrize(
    "inside",
    [
        '<tr><td><a href="https://x.example/">1</a></td></tr>',
        "<tr><td><em>1</em></td></tr>",
        "<tr><td colspan=2>1</td></tr>",
        "<tr><td><table><tr><td>1</td></tr></table></td></tr>",
        '<tr><td><img src="https://x.example/a.jpg"></td></tr>',
    ],
)
def test_a_table_that_says_more_stays_html(inside: str) -> None:
    assert {block["type"] for block in blocks(f"<table>{inside}</table>")} == {"html"}


def test_the_editor_s_footnotes_stand_where_their_marks_stood() -> None:
    kept = json.dumps(
        [
            {
                "id": "ab-1",
                "content": 'See <em>The Tide</em>, <a href="https://tide.example/?a=1&amp;b=2">here</a>.',
            }
        ]
    )
    text = '<p>Late<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup>, as ever.</p>'
    (paragraph,) = blocks(notes.placed(text, kept))
    assert paragraph["value"] == (
        '<p>Late<footnote text="See *The Tide*, [here](&lt;https://tide.example/?a=1&amp;b=2&gt;).">*</footnote>, '
        "as ever.</p>"
    )


@pytest.mark.parametrize("kept", ["", "no json", "{}", "[7]", '[{"id": "other", "content": "x"}]'])
def test_a_mark_whose_words_are_missing_stays_as_it_is(kept: str) -> None:
    text = '<sup data-fn="ab-1"><a href="#ab-1">1</a></sup>'
    assert notes.placed(text, kept) == text


def test_the_footnotes_of_plug_ins_are_notes_and_brackets_alone_are_text() -> None:
    (paragraph,) = blocks("It is late.[efn_note]By *my* clock[/efn_note] See [ref] and [sic].")
    assert paragraph["value"] == (
        '<p>It is late.<footnote text="By \\*my\\* clock">*</footnote> See [ref] and [sic].</p>'
    )


def test_a_note_where_none_can_stand_keeps_its_words_in_brackets() -> None:
    (kept,) = blocks("<dl><dt>Late[footnote]By <b>my</b> clock[/footnote]</dt><dd>x</dd></dl>")
    assert kept["type"] == "html"
    assert "Late (By **my** clock)" in str(kept["value"])

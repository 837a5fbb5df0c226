"""Classic content and shortcodes become neutral blocks, and nothing goes without being told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.transfer.wordpress import content
from broadsheet.transfer.wordpress.blocks import Block, Library
from broadsheet.transfer.wordpress.content import article_blocks
from broadsheet.transfer.wordpress.records import Attachment
from broadsheet.transfer.wordpress.shortcodes import Feedback

HOST = "https://lamp.example/wp-content/uploads"
GULL = Attachment(50, f"{HOST}/2019/03/gull.jpg", alt="A gull", caption="The gull", parent=10)
BELL = Attachment(51, f"{HOST}/2019/03/bell.jpg", title="Bell", parent=10)
LIBRARY = Library([GULL, BELL])


def blocks(html: str) -> list[Block]:
    return article_blocks(html, LIBRARY, 10).blocks


def paragraphs(html: str) -> object:
    """The one paragraph block that this becomes."""
    (only,) = blocks(html)
    assert only["type"] == "paragraph"
    return only["value"]


def picture(attachment: Attachment, **more: str) -> dict[str, object]:
    known = {
        "url": attachment.url,
        "attachment_id": attachment.id,
        "alt": attachment.alt,
        "caption": "",
        "credit": "",
    }
    return known | more


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("One line", "<p>One line</p>"),
        ("One\ntwo\n\nthree", "<p>One<br>two</p><p>three</p>"),
        ("One\r\n\r\n\r\n\r\ntwo  ", "<p>One</p><p>two</p>"),
        ("One<br />\ntwo<br />three<br><br>four", "<p>One<br>two<br>three</p><p>four</p>"),
        ("<p>Marked up</p>\n<p>already</p>", "<p>Marked up</p><p>already</p>"),
        ("Before\n<h2>Title</h2>\nafter", "<p>Before</p><h2>Title</h2><p>after</p>"),
        ("<h1>A</h1><h6>B</h6>", "<h2>A</h2><h4>B</h4>"),
        (
            "<ul>\n<li>a</li>\n<li>b\n<ol><li>c</li></ol></li>\n</ul>",
            "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>",
        ),
        (
            "<b>a</b> <i>b</i> <strike>c</strike> <tt>d</tt>",
            "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>",
        ),
        ('<span style="color:red">a</span> <u>b</u> <q>c</q>', "<p>a b “c”</p>"),
        ("<em>two\n\nparts</em>", "<p><em>two<br>parts</em></p>"),
        (
            '<a href="https://x.example/?a=1&b=2" onclick="x()">x</a>',
            '<p><a href="https://x.example/?a=1&amp;b=2">x</a></p>',
        ),
        ('<a href="java\nscript:alert(1)">x</a>', "<p>x</p>"),
        ("Fish &amp; chips & <3 \xa0", "<p>Fish &amp; chips &amp; &lt;3</p>"),
        ("<div>In a\n\n<div>box</div></div>", "<p>In a</p><p>box</p>"),
        ("a<!--more-->b", "<p>ab</p>"),
        ("left open <b>bold", "<p>left open <strong>bold</strong></p>"),
        ("</p></div>stray", "<p>stray</p>"),
    ],
)
def test_running_text_becomes_one_paragraph_block(html: str, expected: str) -> None:
    assert paragraphs(html) == expected


@pytest.mark.parametrize("html", ["", " \n\n ", "<p></p>", "<p>&nbsp;</p>", "<div><br></div>"])
def test_nothing_becomes_nothing(html: str) -> None:
    assert blocks(html) == []


def test_blocks_part_paragraphs_and_neighbours_are_joined() -> None:
    kinds = [block["type"] for block in blocks("a\n\nb<hr>c<h2>d</h2><pre>e</pre>f")]
    assert kinds == ["paragraph", "separator", "paragraph", "code", "paragraph"]


def test_a_picture_is_known_by_its_class_by_any_of_its_sizes_or_only_by_its_address() -> None:
    by_class = blocks(
        '<img class="alignleft wp-image-50" src="https://elsewhere.example/x.jpg" alt="Other words">'
    )
    assert by_class == [{"type": "image", "value": picture(GULL, alt="Other words")}]
    by_size = blocks('<img src="http://old.example/wp-content/uploads/2019/03/gull-300x200.jpg">')
    assert by_size == [{"type": "image", "value": picture(GULL)}]
    (foreign,) = blocks('<p><img src="https://elsewhere.example/y.png" alt="Y"></p>')
    unknown = Attachment(0, "https://elsewhere.example/y.png", alt="Y")
    assert foreign["value"] == {**picture(unknown), "attachment_id": None}


def test_a_picture_parts_the_paragraph_it_stood_in() -> None:
    found = blocks('<p>Before <img class="wp-image-50" src="g.jpg"> after</p>')
    assert [block["type"] for block in found] == ["paragraph", "image", "paragraph"]


def test_a_smiley_is_a_character_and_no_picture() -> None:
    smiley = '<img src="https://s.example/1f642.svg" class="wp-smiley" alt="🙂">'
    assert paragraphs(f"<p>Well {smiley} done</p><ul><li>a {smiley}</li></ul>") == (
        "<p>Well 🙂 done</p><ul><li>a 🙂</li></ul>"
    )


def test_the_files_of_a_comment_are_found_by_their_ids() -> None:
    assert LIBRARY.addresses([51, 404]) == [BELL.url]
    assert LIBRARY.uploaded_to(10) == [50, 51]


def test_a_lazily_loaded_picture_is_found() -> None:
    (found,) = blocks('<img src="data:image/gif;base64,AA" data-src="https://x.example/z.jpg">')
    assert isinstance(found["value"], dict) and found["value"]["url"] == "https://x.example/z.jpg"


def test_a_picture_that_runs_is_no_picture() -> None:
    assert blocks('<img src="javascript:alert(1)">') == []


@pytest.mark.parametrize(
    "html",
    [
        '[caption id="attachment_50" ]<img src="x.jpg" class="wp-image-50"> The <em>bell</em>[/caption]',
        '[caption id="attachment_50" caption="The bell"]<a href="#"><img src="x" class="wp-image-50"></a>[/caption]',
        '[caption id="attachment_50"]<img src="no-class.jpg"> The bell[/caption]',
        '<div class="wp-caption"><img class="wp-image-50" src="x.jpg"><p class="wp-caption-text">The bell</p></div>',
    ],
)
def test_a_caption_stands_with_its_picture(html: str) -> None:
    assert blocks(html)[0] == {"type": "image", "value": picture(GULL, caption="The bell")}


def test_where_a_picture_led_is_told_unless_it_was_the_picture() -> None:
    away = article_blocks(
        '<a href="https://shop.example/"><img src="x.jpg" class="wp-image-50"></a>', LIBRARY
    )
    assert away.unknown == ["link on a picture: https://shop.example/"]
    assert away.blocks[0]["type"] == "image"
    assert article_blocks(f'<a href="{GULL.url}"><img src="x.jpg"></a>', LIBRARY).unknown == []


def test_galleries_show_the_named_pictures_or_what_was_uploaded_to_the_post() -> None:
    for shortcode in ('[gallery ids="51,50"]', '[gallery size="medium" include="51,50"]'):
        assert blocks(shortcode) == [
            {"type": "gallery", "value": {"images": [picture(BELL), picture(GULL)], "caption": ""}}
        ]
    (all_of_it,) = blocks("Before[gallery]")[1:]
    assert all_of_it["value"] == {"images": [picture(GULL), picture(BELL)], "caption": ""}
    assert article_blocks("[gallery]", LIBRARY, 99).blocks == []


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("[embed width=200]https://video.example/1[/embed]", "https://video.example/1"),
        ("Words\n\nhttps://video.example/1\n\nmore", "https://video.example/1"),
        ('[audio mp3="https://x.example/a.mp3"][/audio]', "https://x.example/a.mp3"),
        ("[audio https://x.example/a.mp3]", "https://x.example/a.mp3"),
        ('[video width="3" mp4="https://x.example/a.mp4" poster="p.jpg"]', "https://x.example/a.mp4"),
        (
            '<iframe src="//www.youtube.com/embed/abcdefghijk?rel=0"></iframe>',
            "https://www.youtube.com/watch?v=abcdefghijk",
        ),
        ('<p><video controls><source src="https://x.example/a.mp4"></video></p>', "https://x.example/a.mp4"),
        ('<object><param name="movie" value="https://x.example/a.swf"></object>', "https://x.example/a.swf"),
    ],
)
def test_players_and_frames_become_cards(html: str, url: str) -> None:
    assert {"type": "embed", "value": {"url": url, "title": ""}} in blocks(html)


def test_an_address_within_a_sentence_is_no_card() -> None:
    assert paragraphs("See https://video.example/1 for more") == "<p>See https://video.example/1 for more</p>"


def test_a_passage_with_a_question_keeps_its_words_and_the_question_is_told() -> None:
    asked = '[wpdiscuz-feedback id="q1" question="Did it?" opened="1"]'
    html = f"It rang. {asked}The <em>bell</em>[/wpdiscuz-feedback] rang."
    made = article_blocks(html)
    marked = '<passage key="q1" question="Did it?">The <em>bell</em></passage>'
    assert made.blocks == [{"type": "paragraph", "value": f"<p>It rang. {marked} rang.</p>"}]
    assert made.feedback == [Feedback("q1", "Did it?", True, "The <em>bell</em>")]
    assert made.unknown == []


def test_unknown_shortcodes_stay_to_be_seen_and_are_told_once() -> None:
    made = article_blocks("[contact-form-7 id=4] and [tide]high[/tide] and [tide]low[/tide] [sic] [1]")
    assert made.unknown == ["[contact-form-7]", "[tide]"]
    assert (
        made.blocks[0]["value"]
        == "<p>[contact-form-7 id=4] and [tide]high[/tide] and [tide]low[/tide] [sic] [1]</p>"
    )


def test_a_shortcode_written_about_is_not_carried_out() -> None:
    assert paragraphs('Write [[gallery ids="50"]] here') == '<p>Write [gallery ids="50"] here</p>'


def test_plain_quotations_become_quotes_and_richer_ones_stay_as_they_are() -> None:
    assert blocks("<blockquote>It floats.\n\nIt sinks.\n<cite>— Dora</cite></blockquote>") == [
        {"type": "quote", "value": {"text": "It floats.\n\nIt sinks.", "attribution": "Dora", "pull": False}}
    ]
    (rich,) = blocks('<blockquote>See <a href="https://x.example/">this</a></blockquote>')
    assert rich["type"] == "html" and 'href="https://x.example/"' in str(rich["value"])


def test_code_keeps_its_lines_and_language() -> None:
    (code,) = blocks('<pre><code class="language-python">if a:\n\n    b &lt; c</code></pre>')
    assert code == {"type": "code", "value": {"text": "if a:\n\n    b < c", "language": "python"}}


def test_tables_and_what_else_fits_nothing_are_kept_harmless() -> None:
    (table,) = blocks('<table onclick="x()"><tr><td>High <b>tide</b></td></tr></table>')
    assert table["type"] == "html"
    assert "<td>High <b>tide</b></td>" in str(table["value"]) and "onclick" not in str(table["value"])
    (kept,) = blocks('<ul><li>a <img src="https://x.example/a.jpg"></li></ul>')
    assert kept["type"] == "html"


@pytest.mark.parametrize(
    "html", ["<script>alert(1)</script>", "<style>p{}</style>", "<form><input></form>", "<svg></svg>"]
)
def test_what_is_left_out_is_told(html: str) -> None:
    made = article_blocks(f"Before {html} after")
    assert made.unknown == [f"<{html[1 : html.index('>')]}>"]
    assert "alert" not in str(made.blocks) and "Before" in str(made.blocks) and "after" in str(made.blocks)


@pytest.mark.parametrize(
    "html", ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><td>", "<figure>", "<a href=x>"]
)
def test_the_deepest_nesting_is_survived_and_the_words_are_kept(html: str) -> None:
    assert "harbour" in str(blocks(html * 3000 + "harbour"))


_PARTS = [
    *(
        f"<{name}>"
        for name in ("p", "div", "b", "a href=x", "ul", "ol", "li", "blockquote", "cite", "pre", "h2", "td")
    ),
    *(
        f"</{name}>"
        for name in ("p", "div", "b", "a", "ul", "li", "blockquote", "figure", "figcaption", "table")
    ),
    *("<table>", "<figure>", "<figcaption>", "<br>", "<img src=https://x.example/a.jpg>", "\n", "\n\n", " "),
    *(
        "[caption]",
        "[/caption]",
        "[gallery]",
        "[x a=1]",
        "<!-- wp:group -->",
        "<!-- wp:zed -->",
        "<!-- /wp:zed -->",
    ),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PARTS) | st.just("word"), max_size=25))
def test_no_word_is_lost_however_broken_the_markup_is(parts: list[str]) -> None:
    words = [f"word{place}x" if part == "word" else part for place, part in enumerate(parts)]
    made = str(article_blocks("".join(words)).blocks)
    assert [word for word in words if word.startswith("word") and word not in made] == []


@pytest.mark.parametrize(
    "html",
    [
        '<div class="wp-caption"><img src="x.jpg"><p class="wp-caption-text">The bell</p></div>',
        '<figure class="wp-block-gallery"><img src="x.jpg"><img src="y.jpg"><figcaption>The bell</figcaption></figure>',
        "<figure><img><figcaption>The bell</figcaption></figure>",
        "<figure>The bell <img src='x.jpg'></figure>",
    ],
)
def test_the_words_of_a_figure_are_said_once(html: str) -> None:
    assert str(blocks(html)).count("The bell") == 1


def test_lists_that_stand_where_items_should_are_kept_in_place() -> None:
    assert (
        paragraphs("<ul><li>a</li><ul><li>b</li></ul>c</ul>")
        == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    )


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("Via the Associated Press\n\nThe rest", "Via the Associated Press"),
        ("<p><em>By Reuters</em></p><p>x</p>", "By Reuters"),
        ("Source: Harbour Wire", "Source: Harbour Wire"),
        ("Via a long way round they came", None),
        ("By morning the quay was empty.", None),
        ("The rest. Via the Associated Press", None),
        ("", None),
    ],
)
def test_a_credit_line_is_only_suggested_where_a_name_follows(html: str, line: str | None) -> None:
    assert content.credit_line(html) == line

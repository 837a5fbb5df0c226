"""The block editor's content becomes neutral blocks, block by block."""

import json

import pytest

from broadsheet.transfer.wordpress import gutenberg
from broadsheet.transfer.wordpress.blocks import Block, Library
from broadsheet.transfer.wordpress.content import article_blocks
from broadsheet.transfer.wordpress.records import Attachment

GULL = Attachment(50, "https://lamp.example/wp-content/uploads/gull.jpg", alt="A gull")
BELL = Attachment(51, "https://lamp.example/wp-content/uploads/bell.jpg", alt="A bell")
LIBRARY = Library([GULL, BELL])


def marked(name: str, html: str = "", **attributes: object) -> str:
    given = f" {json.dumps(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{given} -->{html}<!-- /wp:{name} -->" if html else f"<!-- wp:{name}{given} /-->"


def blocks(*written: str) -> list[Block]:
    return article_blocks("\n\n".join(written), LIBRARY).blocks


def picture(attachment: Attachment, caption: str = "") -> dict[str, object]:
    known = {"url": attachment.url, "attachment_id": attachment.id, "alt": attachment.alt}
    return known | {"caption": caption, "credit": ""}


def figure(attachment: Attachment, caption: str = "") -> str:
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="wp-block-image"><img src="{attachment.url}"/>{words}</figure>'


def test_text_blocks_join_in_one_paragraph_block() -> None:
    assert blocks(
        marked("paragraph", "\n<p>One\nline.</p>\n"),
        marked("heading", "<h3>Title</h3>", level=3),
        marked("list", "<ul>" + marked("list-item", "<li>a</li>") + "</ul>"),
    ) == [{"type": "paragraph", "value": "<p>One line.</p><h3>Title</h3><ul><li>a</li></ul>"}]


def test_an_image_keeps_its_caption_and_a_gallery_its_pictures() -> None:
    assert blocks(marked("image", figure(GULL, "Gull")), marked("image", figure(BELL))) == [
        {"type": "image", "value": picture(GULL, "Gull")},
        {"type": "image", "value": picture(BELL)},
    ]
    inner = marked("image", figure(GULL, "One")) + marked("image", figure(BELL))
    caption = '<figcaption class="blocks-gallery-caption">Both</figcaption>'
    gallery = f'<figure class="wp-block-gallery">{inner}{caption}</figure>'
    item = '<li class="blocks-gallery-item"><figure><img src="x.jpg" data-id="{}"/>{}</figure></li>'
    items = item.format(50, "<figcaption>One</figcaption>") + item.format(51, "")
    old = f'<ul class="wp-block-gallery">{items}</ul>'
    images = [picture(GULL, "One"), picture(BELL)]
    expected = {"images": images, "caption": "Both"}
    assert blocks(marked("gallery", gallery)) == [{"type": "gallery", "value": expected}]
    assert blocks(marked("gallery", old)) == [{"type": "gallery", "value": {"images": images, "caption": ""}}]


def test_quotes_and_pull_quotes() -> None:
    quote = '<blockquote class="wp-block-quote"><p>It floats.</p><cite>Dora</cite></blockquote>'
    words = "<blockquote><p>It <em>sinks</em>.</p><cite>Edgar</cite></blockquote>"
    pull = f'<figure class="wp-block-pullquote">{words}</figure>'
    assert blocks(marked("quote", quote), marked("pullquote", pull)) == [
        {"type": "quote", "value": {"text": "It floats.", "attribution": "Dora", "pull": False}},
        {"type": "quote", "value": {"text": "It sinks.", "attribution": "Edgar", "pull": True}},
    ]


def test_code_separator_table_and_html() -> None:
    assert [
        (block["type"], block["value"])
        for block in blocks(
            marked("code", '<pre class="wp-block-code"><code>a &lt; b\n\n&#91;x]</code></pre>'),
            marked("preformatted", '<pre class="wp-block-preformatted">c</pre>'),
            marked("separator", '<hr class="wp-block-separator"/>'),
            marked(
                "table",
                "<figure><table><tbody><tr><td>1</td></tr></tbody></table></figure>",
            ),
            marked("html", "<details><summary>s</summary>d</details><script>x</script>"),
        )
    ] == [
        ("code", {"text": "a < b\n\n[x]", "language": ""}),
        ("code", {"text": "c", "language": ""}),
        ("separator", None),
        (
            "table",
            {
                "data": [["1"]],
                "table_caption": "",
                "table_header_choice": "neither",
                "first_row_is_table_header": False,
                "first_col_is_header": False,
            },
        ),
        ("html", "<details><summary>s</summary>d</details>"),
    ]


@pytest.mark.parametrize("name", ["embed", "core-embed/youtube", "core/embed"])
def test_an_embed_is_a_card_with_its_caption(name: str) -> None:
    html = '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://v.example/1?a=1&amp;b=2\n</div>'
    captioned = f"{html}<figcaption>Tide</figcaption></figure>"
    card = {"type": "embed", "value": {"url": "https://v.example/1?a=1&b=2", "title": "Tide"}}
    assert blocks(marked(name, captioned, url="https://v.example/1?a=1&b=2")) == [card]
    assert blocks(marked(name, captioned)) == [card], "and without the attribute"


def test_audio_and_video_are_cards_and_a_file_is_a_link() -> None:
    video = '<figure><video src="https://x.example/a.mp4"></video><figcaption>Tide</figcaption></figure>'
    button = '<a href="https://x.example/a.pdf" class="wp-block-file__button" download>Download</a>'
    file = f'<div class="wp-block-file"><a href="https://x.example/a.pdf">Plan</a>{button}</div>'
    assert blocks(marked("video", video), marked("file", file)) == [
        {"type": "embed", "value": {"url": "https://x.example/a.mp4", "title": "Tide"}},
        {"type": "paragraph", "value": '<p><a href="https://x.example/a.pdf">Plan</a></p>'},
    ]


def test_containers_fall_away_and_what_they_hold_stays_in_order() -> None:
    left = marked("column", f'<div class="wp-block-column">{marked("paragraph", "<p>Left</p>")}</div>')
    right = marked("column", f'<div class="wp-block-column">{marked("image", figure(GULL))}</div>')
    columns = marked("columns", f'<div class="wp-block-columns">{left}{right}</div>')
    beside = (
        f'<div class="wp-block-media-text"><figure><img src="{BELL.url}"/></figure>'
        f"<div>{marked('paragraph', '<p>Beside</p>')}</div></div>"
    )
    assert blocks(marked("group", f"<div>{columns}</div>"), marked("media-text", beside)) == [
        {"type": "paragraph", "value": "<p>Left</p>"},
        {"type": "image", "value": picture(GULL)},
        {"type": "image", "value": picture(BELL)},
        {"type": "paragraph", "value": "<p>Beside</p>"},
    ]


def test_free_text_among_blocks_is_read_as_older_content() -> None:
    assert blocks(
        "Loose\n\ntext", marked("freeform", "also\nloose"), marked("paragraph", "<p>tight</p>")
    ) == [{"type": "paragraph", "value": "<p>Loose</p><p>text</p><p>also<br>loose</p><p>tight</p>"}]


def test_shortcodes_work_within_blocks() -> None:
    (gallery,) = blocks(marked("shortcode", '\n[gallery ids="50"]\n'))
    assert gallery == {"type": "gallery", "value": {"images": [picture(GULL)], "caption": ""}}


def test_marks_that_only_steer_leave_nothing() -> None:
    made = article_blocks(
        marked("more", "<!--more-->")
        + marked("nextpage", "<!--nextpage-->")
        + marked("spacer", "<div></div>")
    )
    assert (made.blocks, made.unknown) == ([], [])


def test_unknown_blocks_are_told_and_what_they_show_is_kept() -> None:
    shown = marked("acme/tide-table", "<div class='acme'><p>High at <b>noon</b></p><script>x</script></div>")
    made = article_blocks(shown + marked("latest-posts", postsToShow=3) + marked("paragraph", "<p>end</p>"))
    assert made.unknown == ["wp:acme/tide-table", "wp:latest-posts"]
    assert [block["type"] for block in made.blocks] == ["html", "paragraph"]
    assert "High at <b>noon</b>" in str(made.blocks[0]["value"])


@pytest.mark.parametrize(
    "html",
    [
        "<!-- wp:paragraph --><p>kept</p>",
        "<p>kept</p><!-- /wp:paragraph --><!-- wp:x /-->",
        "<!-- wp:group --><!-- wp:paragraph --><p>kept</p><!-- /wp:group -->",
        '<!-- wp:paragraph {"broken": --><p>kept</p><!-- /wp:paragraph --><!-- wp:x /-->',
        '<!-- wp:paragraph {"broken" } --><p>kept</p><!-- /wp:paragraph -->',
    ],
)
def test_broken_marks_lose_no_words(html: str) -> None:
    assert "<p>kept</p>" in str(article_blocks(html).blocks)


def test_marks_nested_beyond_reason_are_survived() -> None:
    deep = "<!-- wp:group -->" * 5000 + "<p>kept</p>"
    assert "kept" in str(article_blocks(deep).blocks)
    assert gutenberg.parse(deep)[0].html.endswith("<p>kept</p>")

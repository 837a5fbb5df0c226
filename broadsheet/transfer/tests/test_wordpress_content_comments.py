"""What a comment said is what its HTML here says: plain or marked up, a picture, a frame, a spoiler."""

from pathlib import Path

import pytest

from broadsheet.kit.sanitising import SPOILER
from broadsheet.transfer.wordpress.content import comment_html

REL = 'rel="ugc nofollow noopener"'


def link(url: str, words: str = "") -> str:
    return f'<a href="{url}" {REL}>{words or url}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", "<p>Hello</p>"),
        ("one\ntwo\n\n\nthree\n", "<p>one<br>two</p><p>three</p>"),
        ("one\r\ntwo\r\n\r\nthree", "<p>one<br>two</p><p>three</p>"),
        ("a & b &amp; c &lt;d&gt; it&#039;s", "<p>a &amp; b &amp; c &lt;d&gt; it's</p>"),
        ("1 < 2 > 0 [sic]", "<p>1 &lt; 2 &gt; 0 [sic]</p>"),
        ("", ""),
        (" \n ", ""),
        ("x\x07y\x1b", "<p>xy</p>"),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert comment_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Hi <em>you</em></p><p>there</p>", "<p>Hi <em>you</em></p><p>there</p>"),
        ("<b>a</b>\nb\n\nc", "<p><strong>a</strong><br>b</p><p>c</p>"),
        ("a<br />\nb", "<p>a<br>b</p>"),
        ("<blockquote>q\nr</blockquote>tail", "<blockquote><p>q<br>r</p></blockquote><p>tail</p>"),
        ("<ul><li>a</li></ul>\n\nafter", "<ul><li>a</li></ul><p>after</p>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("<script>alert(1)</script>ok", "<p>ok</p>"),
        ('<p onclick="x()" style="y">ok</p>', "<p>ok</p>"),
    ],
)
def test_marked_up_text(text: str, expected: str) -> None:
    assert comment_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.example/gull.jpg", f"<p>{link('https://x.example/gull.jpg')}</p>"),
        ("see https://x.example/a, and", f"<p>see {link('https://x.example/a')}, and</p>"),
        ("(https://x.example/a_(b))", f"<p>({link('https://x.example/a_(b)')})</p>"),
        (f"<p>{link('https://x.example/')} x</p>", f"<p>{link('https://x.example/')} x</p>"),
        ("<code>https://x.example/</code>", "<p><code>https://x.example/</code></p>"),
        ("https://x.example/?a=1&amp;b=2", f"<p>{link('https://x.example/?a=1&amp;b=2')}</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<p>x</p>"),
    ],
)
def test_addresses_become_links_once(text: str, expected: str) -> None:
    assert comment_html(text) == expected


@pytest.mark.parametrize(
    ("text", "url", "words"),
    [
        ('<img src="https://x.example/a/b%20c.jpg">', "https://x.example/a/b%20c.jpg", "b c.jpg"),
        ('<img src="https://x.example/b.jpg" alt="A bell">', "https://x.example/b.jpg", "A bell"),
        (
            '<iframe src="//www.youtube.com/embed/abcdefghijk"></iframe>',
            "https://www.youtube.com/watch?v=abcdefghijk",
            "www.youtube.com/watch?v=abcdefghijk",
        ),
        ('<video><source src="https://x.example/m.mp4"></video>', "https://x.example/m.mp4", "m.mp4"),
    ],
)
def test_a_comment_that_is_only_a_picture_or_a_player_is_kept_as_a_link(
    text: str, url: str, words: str
) -> None:
    assert comment_html(text) == f"<p>{link(url, words)}</p>"


def test_a_linked_picture_keeps_both_addresses() -> None:
    made = comment_html('<a href="https://z.example/"><img src="https://x.example/b.jpg" alt="Bell"></a>')
    assert made == f"<p>{link('https://z.example/', 'Bell')} ({link('https://x.example/b.jpg', 'b.jpg')})</p>"


def test_a_smiley_is_a_character() -> None:
    assert (
        comment_html('Well <img class="emoji" alt="🙂" src="https://s.example/1.svg"> done')
        == "<p>Well 🙂 done</p>"
    )


def test_uploads_are_linked_below_the_words_or_stand_alone() -> None:
    upload = "https://lamp.example/wp-content/uploads/gull.jpg"
    assert comment_html("Look", [upload]) == f"<p>Look</p><p>{link(upload, 'gull.jpg')}</p>"
    assert comment_html("", [upload]) == f"<p>{link(upload, 'gull.jpg')}</p>"


@pytest.mark.parametrize("title", ['"The end"', "'The end'", "&quot;The end&quot;", "“The end”"])
def test_a_spoiler_is_a_quotation_under_its_title_whose_words_are_covered(title: str) -> None:
    made = comment_html(f"Before [spoiler title={title}]It <b>floats</b>.\n\nTwice[/spoiler] after")
    assert made == (
        f"<p>Before</p><blockquote><p><strong>The end</strong></p><p>{SPOILER}It <strong>floats</strong>.</span></p>"
        f"<p>{SPOILER}Twice</span></p></blockquote><p>after</p>"
    )


def test_a_list_in_a_spoiler_is_covered_line_by_line() -> None:
    made = comment_html("[spoiler]<ul><li>Boats</li><li>Men<ul><li>Two</li></ul></li></ul>[/spoiler]")
    assert all(f"<li>{SPOILER}{words}</span>" in made for words in ("Boats", "Men", "Two"))


def test_a_spoiler_without_title_or_end_loses_no_words() -> None:
    assert (
        comment_html("[spoiler]x[/spoiler]")
        == f"<blockquote><p><strong>Spoiler</strong></p><p>{SPOILER}x</span></p></blockquote>"
    )
    assert comment_html("[spoiler title=] x") == "<p>[spoiler title=] x</p>"


@pytest.mark.parametrize(
    "text", ["<div>", "<b>", "[spoiler title=", "[spoiler]", "<blockquote>", "<img src=x>", "\n", "&"]
)
def test_the_longest_comments_are_survived(text: str) -> None:
    assert "kept" in comment_html(text * 5000 + "kept")


def test_no_payload_of_the_corpus_runs(shared_dir: Path) -> None:
    lines = (shared_dir / "corpora" / "xss-payload-list.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        made = comment_html(line).lower()
        assert "<script" not in made and "javascript:" not in _attributes(made), line
        assert not any(f"<{name}" in made for name in ("img", "iframe", "svg", "style", "object")), line


def _attributes(html: str) -> str:
    """Everything between the brackets of tags."""
    return " ".join(piece.partition(">")[0] for piece in html.split("<")[1:])

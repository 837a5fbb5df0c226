import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit import sanitising
from broadsheet.kit.sanitising import clean_article, clean_comment
from broadsheet.kit.tests import oracle

REL = 'rel="ugc nofollow noopener"'
_PIECES = (
    "<p>", "</p>", "<b>", "<b\x0cx>", "</b>", "<em>", "<h1>", "<div>", "</div>", "<table>", "<td>", "</table>", "<svg>",
    "<math>", "<style>", "</style>", "<!--", "-->", "<a", "<img", "href=http://x.example", "href=java&#3;script:x",
    "href='//x'", "src=/media/a", "onerror=x", ">", "<", '"', "'", "&lt;", "&#3;", "&", "a", "<script>", "</script>",
    "<textarea>", "<noscript>", "<title>", "<select>", "<template>", "\x00", "\ud800",
)  # fmt: skip
fragments = st.lists(st.sampled_from(_PIECES)).map(" ".join)


@given(fragments)
def test_soup_of_tags_comes_out_safe_from_both_lists(soup):
    assert oracle.problems_in(clean_comment(soup), oracle.COMMENT) == []
    assert oracle.problems_in(clean_article(soup), oracle.ARTICLE) == []


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#3;script:alert(1)",
        "java\x03script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "//evil.example/",
        "\\\\evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://bank.example@evil.example/",
        "https://bank.example:x@evil.example/",
        "https://bank.example\\@evil.example/",
        "https://evil%2eexample/",
        "https://./",
        "https://a b.example/",
        "ftp://a.example/",
        "blob:https://a.example/x",
    ],
)
def test_no_link_hides_where_it_leads(href):
    assert clean_comment(f'<p><a href="{href}">x</a></p>') == "<p>x</p>"
    assert "href" not in clean_article(f'<p><a href="{href}">x</a></p>')


@pytest.mark.parametrize(
    "href", ["/about/", "other.html", "#top", "?p=12", "mailto:a@b.example", "tel:+4930123"]
)
def test_articles_may_link_within_the_publication_and_comments_not(href):
    assert "href" in clean_article(f'<a href="{href}">x</a>')
    assert clean_comment(f'<a href="{href}">x</a>') == "x"


def test_a_link_in_a_comment_says_that_we_do_not_vouch_for_it():
    cleaned = clean_comment('<a href=" https://b.example/a b " rel="me" target="_blank" onclick="x">x</a>')
    assert cleaned == f'<a href="https://b.example/a%20b" {REL}>x</a>'


def test_a_link_around_nothing_is_dropped():
    assert clean_comment('<p>x<a href="https://b.example/"><img src="t.gif"></a></p>') == "<p>x</p>"


def test_a_comment_from_another_editor_keeps_its_paragraphs_and_its_stress():
    typed = "<div>one</div><div><b>two</b> <i>three</i> <s>four</s></div><p><br></p><h2>five</h2>"
    assert (
        clean_comment(typed)
        == "<p>one</p><p><strong>two</strong> <em>three</em> <del>four</del></p><p>five</p>"
    )


def test_scripts_and_styles_vanish_with_what_they_say():
    assert clean_comment("a<script>b</script><style>c</style><svg><text>d</text></svg>e") == "ae"


def test_control_characters_do_not_come_back_as_references():
    assert clean_comment("a\x00b&#3;c&#x0b;d\x0ce") == "abcd e"


def test_an_article_keeps_its_figures_tables_and_headings():
    html = (
        '<h2>Head</h2><figure><img src="/media/a.jpg" alt="A &gt; B" width="800" height="600" loading="lazy" '
        'srcset="/media/a-400.jpg 400w, https://b.example/a,b.jpg 2x" sizes="(max-width: 40em) 100vw, 40em">'
        "<figcaption>Caption</figcaption></figure>"
        '<table><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table>'
        '<ol start="3"><li>c</li></ol><p>H<sub>2</sub>O</p><details><summary>More</summary><p>d</p></details>'
    )
    assert clean_article(html) == html


@pytest.mark.parametrize(
    "source",
    [
        "http://b.example/a.jpg",
        "//b.example/a.jpg",
        "data:image/png;base64,AAAA",
        "/newsroom/sign-out/",
        "/media/../newsroom/",
        "/media/%2e%2e/newsroom/",
        "a.jpg",
        "javascript:x",
    ],
)
def test_a_picture_from_elsewhere_than_our_media_or_https_is_dropped(source):
    assert clean_article(f'<p>a<img src="{source}" alt="x">b</p>') == "<p>ab</p>"
    assert "srcset" not in clean_article(f'<img src="/media/a.jpg" srcset="/media/a.jpg 1x, {source} 2x">')


@pytest.mark.parametrize(
    "attribute",
    ['width="100%"', 'onload="x"', 'style="position:fixed"', 'class="x"', 'loading="x"', 'srcset="x"'],
)
def test_a_picture_has_no_other_manners(attribute):
    assert clean_article(f'<img src="/media/a.jpg" {attribute}>') == '<img src="/media/a.jpg">'


def test_footnotes_keep_their_anchors_apart_from_the_pages_own():
    html = (
        '<p><a href="#note-1" id="back-1">1</a></p><ol><li id="note-1">x <a href="#back-1">up</a></li></ol>'
    )
    cleaned = clean_article(html)
    assert 'href="#text-note-1" id="text-back-1"' in cleaned
    assert '<li id="text-note-1">' in cleaned
    assert clean_article(cleaned) == cleaned
    assert 'id="text-discussion"' in clean_article('<p id="discussion">x</p>')


def test_a_link_to_a_comment_leads_to_the_comment():
    assert clean_article('<a href="#comment-12">x</a>') == '<a href="#comment-12">x</a>'


def test_headings_of_a_foreign_article_fall_in_line():
    assert (
        clean_article("<h1>a</h1><h6>b</h6><div>c</div><div>d</div>")
        == "<h2>a</h2><h4>b</h4><p>c</p><p>d</p>"
    )


@pytest.mark.parametrize("clean", [clean_comment, clean_article])
@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "".join(f"<b a={number}>" for number in range(1_000)) + "<p>x" * 4_000,
        "<p>" + "".join(f"<b/a={number}>" for number in range(1_000)) + "<p>x" * 4_000,
        "<p>" + "".join(f"<b a='{'y' * 1_010}{number}'>" for number in range(20)) + "<p>x" * 4_000,
        "<p><b><i><u><s><small><strong><em><code><tt><big><font>" * 3 + "<p>x" * 10_000,
        "<blockquote>" * 3_000 + "x",
        "<table>" * 3_000 + "x",
        "<b>" * 10_000 + "x",
        "<b <b " * 10_000,
    ],
    ids=["attributes", "slashes", "long attributes", "unclosed", "quotes", "tables", "bold", "endless tag"],
)
def test_no_html_grows_or_nests_beyond_sense(clean, html):
    cleaned = clean(html)
    assert len(cleaned) < 20 * len(html)
    assert sanitising.depth_of(cleaned) <= 100
    assert oracle.problems_in(cleaned, oracle.ARTICLE) == []


def test_bold_that_was_left_open_with_odd_attributes_stays_within_bounds():
    opened = "".join(f"<b class={number}>" for number in range(60))
    assert "<strong>" in clean_comment("<p>" + opened + "<p>x" * 1_000)


def test_a_comment_has_no_attributes_but_its_links():
    assert clean_comment('<p lang="de" title="x" id="y" class="z" dir="rtl">a</p>') == "<p>a</p>"


def test_links_are_listed_as_browsers_would_follow_them():
    html = clean_article(
        '<p><a id="x" href="https://a.example/?b=1&amp;c=2">x</a> <a>y</a> <a href="/z">z</a></p>'
    )
    assert sanitising.links_in(html) == ["https://a.example/?b=1&c=2", "/z"]
    assert sanitising.links_in('<p>&lt;a href="https://a.example"&gt;</p>') == []


def test_plain_text_becomes_paragraphs_with_its_line_breaks():
    assert sanitising.paragraphs("a <b>\nc\n \nd\x03\n") == "<p>a &lt;b&gt;<br>c</p>\n<p>d</p>"


def test_the_only_spans_of_a_comment_are_spoilers():
    for span, kept in (
        ('<span class="spoiler" tabindex="3">a</span>', f"{sanitising.SPOILER}a</span>"),
        ("<span>a</span>", "a"),
        ('<span class="spoiler big">a</span>', "a"),
        ('<span class="big">a <span class="spoiler">b</span> c</span>', f"a {sanitising.SPOILER}b</span> c"),
        (
            '<span class="spoiler">a <span class="spoiler">b</span></span> c',
            f"{sanitising.SPOILER}a b</span> c",
        ),
    ):
        assert sanitising.clean_comment(f"<p>{span}</p>") == f"<p>{kept}</p>"
    assert "<span" not in sanitising.clean_article('<p><span class="spoiler">a</span></p>')

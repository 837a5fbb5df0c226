import comrak
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit import markdown, sanitising, text
from broadsheet.kit.tests import oracle

LENGTH = 10_000  # characters, the longest comment
REL = 'rel="ugc nofollow noopener"'

PATTERNS = (
    "*", "**", "***", "_", "*a ", "**a ", "*a_ ", "a**b", "*a **a ", "*_", "~~a ", "[", "[a", "[a](", "![", "[]",
    "[a][", "![a](b", "](x)", "[a](<b", "[^1]", "[a]: b\n", "<", "<a", "<!--", "<http:", "<?", "<![CDATA[", "`", "`a",
    "~", "> ", ">", "> - ", ">\n\n", "- ", "* a\n", "1. ", "-\n", "\\", "&", "&#", '"', "http://a.b ", "www.a ",
    "a@b.c ", "\t", "\n", "# a\n", "---\n", "```\n", "    a\n\n", "|a|\n|-|\n", "a  \n",
    "||a||", "||a ", "||*a", "\u0301", "é*",
)  # fmt: skip
SHAPES = {
    "nested emphasis": "*a **a " * 700 + " a** a*" * 700,
    "many closers": "*a " * 1600 + "a* " * 1600,
    "long reference": "[a]: http://x.example/" + "y" * 3000 + "\n\n" + "[a]" * 2000,
    "growing code fences": "".join("e" + "`" * length for length in range(140)),
    "deep list": "".join(" " * (2 * depth) + "- a\n" for depth in range(98)),
    "nested links": "[" * 2500 + "a" + "](b)" * 1800,
    "nested pictures": "![" * 2500 + "a" + "](b)" * 1800,
    "quotes then lists": "> " * 3000 + "\n" + "> " * 1000,
    "lazy quotes": ("> " * 50 + "a\n") * 95,
}
HOSTILE = {repr(pattern): pattern * (LENGTH // len(pattern)) for pattern in PATTERNS} | SHAPES


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_pattern_makes_a_comment_grow_or_nest_beyond_sense(typed):
    typed = typed[:LENGTH]
    html = markdown.render(typed)
    assert len(html) < 20 * len(typed)
    assert sanitising.depth_of(html) <= 40
    assert oracle.problems_in(html, oracle.COMMENT) == []


def test_there_are_forty_families_and_more():
    assert len(HOSTILE) >= 40


@given(st.text() | st.text("*_~`[]()<>!#-+.> \n\t\\&;:/ahtp1", max_size=200))
def test_whatever_is_typed_comes_out_safe(typed):
    assert oracle.problems_in(markdown.render(typed), oracle.COMMENT) == []


@given(st.text("*_~`[]()<>!#-> \nab/:htp", max_size=200))
def test_cleaning_a_rendered_comment_again_changes_nothing(typed):
    html = markdown.render(typed)
    assert sanitising.clean_comment(html) == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"),
        ("> said\n\nno", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>no</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("```py\nx < y\n```", "<pre><code>x &lt; y\n</code></pre>"),
        ("# Loud", "<p><strong>Loud</strong></p>"),
        ("under\n---\nlined", "<p>under</p>\n\n<p>lined</p>"),
        ("[a](https://b.example/?x=1&y=2)", f'<p><a href="https://b.example/?x=1&amp;y=2" {REL}>a</a></p>'),
        (
            "see https://b.example/a_b.",
            f'<p>see <a href="https://b.example/a_b" {REL}>https://b.example/a_b</a>.</p>',
        ),
        ('[a](https://b.example/ "title")', f'<p><a href="https://b.example/" {REL}>a</a></p>'),
        ("![boat](https://b.example/b.png)", f'<p><a href="https://b.example/b.png" {REL}>boat</a></p>'),
        ("![](https://b.example/b)", f'<p><a href="https://b.example/b" {REL}>https://b.example/b</a></p>'),
        ("**重要。**です", "<p><strong>重要。</strong>です</p>"),
        ("| a |\n|---|", "<p>| a |<br>\n|---|</p>"),
        ("a[^1]\n\n[^1]: b c", "<p>a[^1]</p>\n<p>[^1]: b c</p>"),
        ("", ""),
    ],
)
def test_the_subset(typed, html):
    assert markdown.render(typed) == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("<div>\n*x*\n</div>", "<p>&lt;div&gt;<br>\n<em>x</em><br>\n&lt;/div&gt;</p>"),
        ("- <b>x", "<ul>\n<li>&lt;b&gt;x</li>\n</ul>"),
        ("```\n<b>x\n```", "<pre><code>&lt;b&gt;x\n</code></pre>"),
        ("<https://b.example/>", f'<p><a href="https://b.example/" {REL}>https://b.example/</a></p>'),
    ],
)
def test_html_is_shown_as_it_was_typed_and_stays_in_its_paragraph(typed, html):
    assert markdown.render(typed) == html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "java\x03script:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/newsroom/",
        "https://bank.example@evil.example/",
        "mailto:a@b.example",
    ],
)
def test_a_link_to_anywhere_but_a_web_page_is_only_its_words(target):
    assert markdown.render(f"[words](<{target}>)") == "<p>words</p>"


def test_a_comment_that_nests_without_end_is_shown_as_typed():
    assert markdown.render(">" * 60 + " a *b*") == "<p>" + "&gt;" * 60 + " a *b*</p>"


def test_a_broken_parser_does_not_lose_the_comment(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(*_):
        raise PanicException

    monkeypatch.setattr(comrak, "render_markdown", panic)
    assert markdown.render("a *b*\nc") == "<p>a *b*<br>c</p>"


def test_a_parser_that_answers_with_a_flood_is_not_believed(monkeypatch):
    monkeypatch.setattr(comrak, "render_markdown", lambda *_: "<p>y</p>" * 2_000)
    assert markdown.render("a *b*" * 100) == "<p>" + "a *b*" * 100 + "</p>"


def test_memory_does_not_grow_with_the_number_of_comments():
    resource = pytest.importorskip("resource")
    typed = "Some *words* and a [link](https://b.example/) and more of them, as people write. " * 4
    for _ in range(200):
        markdown.render(typed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(5_000):
        markdown.render(typed)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 10_000  # KiB; the C library's Python face lost 9 KiB with every comment


def test_a_spoiler_is_hidden_until_somebody_asks_for_it_and_told_in_no_excerpt():
    html = markdown.render("He ||*drowns*|| at last; `a || b || c`.")
    assert html == (
        '<p>He <span class="spoiler" tabindex="0"><em>drowns</em></span> at last; <code>a || b || c</code>.</p>'
    )
    assert text.excerpt(html, 80) == "He … at last; a || b || c."


def test_a_spoiler_lies_in_no_other_and_stays_in_its_paragraph():
    assert markdown.render("||a ||b|| c||").count("<span") == 1
    assert markdown.render("||a\n\nb||") == "<p>||a</p>\n<p>b||</p>"

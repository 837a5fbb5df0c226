"""Our HTML as Markdown: what it says is kept, and nothing in it is HTML again."""

from html import escape
from html.parser import HTMLParser

import comrak
import pytest

from broadsheet.kit import markdown as comments
from broadsheet.kit.html_to_markdown import markdown_of
from broadsheet.kit.tests import corpora


def test_what_stands_in_an_article_has_its_word_in_markdown():
    html = """
    <h2>Low water</h2><p>It <em>was</em> <strong>late</strong>, <a href="https://e.example/a_b">they said</a>.</p>
    <figure><img src="https://e.example/pier.webp" alt="A pier" width="3" height="2">
    <figcaption>At noon <span class="picture-credit">Bo Lind</span></figcaption></figure>
    <blockquote class="pull"><p>Nobody asked it.</p></blockquote>
    <pre><code data-language="python">x = 1
y = x * 2</code></pre><hr>
    <table><thead><tr><th>Day</th><th>Level</th></tr></thead><tbody><tr><td>1</td><td>3 m</td></tr></tbody></table>
    <ul><li>one<ul><li>two</li></ul></li></ul>
    """
    markdown = markdown_of(html)
    for wanted in (
        "## Low water",
        "It *was* **late**, [they said](https://e.example/a_b).",
        "![A pier](https://e.example/pier.webp)\n\n*At noon Bo Lind*",
        "> Nobody asked it.",
        "```python\nx = 1\ny = x * 2\n```",
        "| Day | Level |\n| --- | --- |\n| 1 | 3 m |",
        "- one\n  - two",
    ):
        assert wanted in markdown


def rendered(markdown):
    """With raw HTML let through, as many renderers do."""
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    return comrak.render_markdown(markdown, render_options=rendering)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)

    def handle_data(self, data):
        self.words += data


def read(html):
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


@pytest.mark.parametrize(
    "words",
    ["# no heading", "1. no list", "- no list", "*no* _stress_", "<b>no tag</b>", "a | b", "[no](link)"],
)
def test_words_that_look_like_markdown_stay_words(words):
    made = read(rendered(markdown_of(f"<p>{escape(words)}</p>")))
    assert (made.found, made.words.strip()) == ({"p"}, words)


def test_nothing_hostile_becomes_a_tag_where_the_markdown_is_rendered(shared_dir):
    payloads = "\n".join(f"<p>{escape(payload)}</p>" for payload in corpora.script_payloads(shared_dir))
    assert read(rendered(markdown_of(payloads))).found <= {"p", "a", "code", "br"}


def test_a_spoiler_is_one_in_markdown_too():
    html = comments.render("He ||*drowns*|| at last, a || b.")
    assert markdown_of(html) == r"He ||*drowns*|| at last, a \|\| b."
    assert comments.render(markdown_of(html)) == html

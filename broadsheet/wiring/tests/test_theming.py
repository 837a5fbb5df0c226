"""A theme's files stand before ours, one by one; a slip in one does not take the paper down."""

import re
from pathlib import Path
from urllib.request import urlopen

import pytest

HOWTO = Path(__file__).parents[3] / "docs" / "howto" / "theme.md"


def put(home, name, text):
    file = home.path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def unwrapped(text):
    """As it would stand in a wide terminal."""
    return " ".join(text.split())


def asked(address):
    with urlopen(address) as answer:
        return answer.read().decode()


@pytest.mark.server
def test_the_theme_of_the_how_to_stands_on_every_page(publication):
    example = re.findall(r"^```\w+ (theme/\S+)\n(.*?)^```", HOWTO.read_text("utf-8"), re.M | re.S)
    assert len(example) == 2
    for name, text in example:
        put(publication, name, text)
    assert "The theme's templates can be read" in publication.run("check").stdout
    with publication.served() as site:
        html = asked(f"{site}/")
        assert "Set and printed on our own machine." in html
        assert 'href="/feed.atom">Atom</a>' in html, "ours stands beneath"
        style = re.search(r'href="(/static/theme/wide\.[0-9a-f]{12}\.css)"', html)
        assert style, "collected at the start"
        assert "font-style: italic" in asked(f"{site}{style[1]}")


def test_a_slip_in_a_template_is_told_with_file_and_line_and_ours_stands_in_its_place(publication):
    file = put(publication, "theme/templates/articles/front.html", "<p>\n{% if lead %}\n<b>{% endfor %}")
    check = publication.run("check", check=False)
    assert check.returncode == 1
    assert f"{file}, line 3" in unwrapped(check.stdout)
    printed = publication.run("print")
    assert f"{file}, line 3" in printed.stderr
    assert "Nothing has been published yet." in (publication.path / "prints" / "index.html").read_text(
        "utf-8"
    )


def test_what_a_template_builds_on_and_is_not_there_is_told(publication):
    file = put(publication, "theme/templates/masthead/parts/foot.html", '\n{% include "nowhere.html" %}')
    check = unwrapped(publication.run("check", check=False).stdout)
    assert f"{file}, line 2: there is no template nowhere.html" in check


def test_a_page_that_a_theme_breaks_while_it_is_made_is_made_of_ours(publication):
    file = put(
        publication, "theme/templates/masthead/parts/foot.html", '{% include "masthead/parts/foot.html" %}'
    )
    check = unwrapped(publication.run("check", check=False).stdout)
    assert f"{file}, line 1: it includes itself; to build on ours of that name, extend it" in check
    printed = publication.run("print")
    assert "Our own templates make it instead" in printed.stderr
    assert 'href="/feed.atom">Atom</a>' in (publication.path / "prints" / "index.html").read_text("utf-8")


def test_a_publication_without_a_theme_is_asked_nothing_about_it(publication):
    assert "theme" not in publication.run("check").stdout

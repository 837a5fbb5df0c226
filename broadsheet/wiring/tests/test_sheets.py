"""A page asks for one sheet and one script, which are made of the parts that stand in the source and in a theme."""

import json
import re

import pytest
from django.core.management import call_command
from django.test import override_settings

from broadsheet.wiring import sheets


def reader_of(files):
    return files.get


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """`sheets/NAME` → its text as it is served, from a publication whose theme has a part of its own."""
    place = tmp_path_factory.mktemp("collected")
    part = place / "theme" / "discussion" / "thread.css"
    part.parent.mkdir(parents=True)
    part.write_text("#discussion { background: url(dots.svg) }")
    part.with_name("dots.svg").write_text("<svg/>")
    with override_settings(STATIC_ROOT=place / "static", STATICFILES_DIRS=[place / "theme"]):
        call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
    names = json.loads((place / "static" / "staticfiles.json").read_text())["paths"]
    return {
        name: (place / "static" / names[name]).read_text() for name in names if name.startswith("sheets/")
    }


def test_a_sheet_is_served_with_what_it_imports_in_it(collected):
    for name in ("sheets/reading.css", "sheets/lists.css"):
        assert "@import" not in collected[name]
        assert "/*" not in collected[name], "comments are for the source"
        assert ".masthead" in collected[name] and ".story-whole" in collected[name]
    assert ".river" in collected["sheets/lists.css"] and ".river" not in collected["sheets/reading.css"]


def test_a_part_of_the_theme_stands_in_the_sheet_in_place_of_ours(collected):
    sheet = collected["sheets/reading.css"]
    assert ".comment-head" not in sheet
    assert re.search(
        r"#discussion \{ background: url\(\"?\.\./discussion/dots\.[0-9a-f]{12}\.svg\"?\) \}", sheet
    )


def test_every_behaviour_stands_in_the_one_script(collected):
    script = collected["sheets/behaviours.js"]
    assert not re.search(r"^import ", script, re.M)
    assert "// @ts-check" not in script and "\n  " not in script, (
        "comments and indentation are for the source"
    )
    for mark in ('"#say"', "data-live", "signed_in=1", "hashchange", "data-player"):
        assert mark in script


def test_what_strings_say_stays_as_it_is_while_comments_go():
    files = {
        "sheets/a.css": """p::after { content: "a  /* b */  c" }   /* gone
    */ i { color: red }"""
    }
    style = sheets.style("sheets/a.css", reader_of(files))
    assert sheets.lean(style) == 'p::after { content: "a  /* b */  c" } i { color: red }'


def test_files_are_found_from_sheets_within_sheets():
    files = {
        "sheets/a.css": '@import "../one/b.css";',
        "one/b.css": "@import url('deep/c.css');\nb { background: url(b.png) }",
        "one/deep/c.css": 'c { background: url("c.png") url(data:image/png;base64,AA) url(/media/d.png) }',
    }
    assert sheets.style("sheets/a.css", reader_of(files)) == (
        'c { background: url("../one/deep/c.png") url(data:image/png;base64,AA) url(/media/d.png) }\n'
        "b { background: url(../one/b.png) }"
    )


def test_a_sheet_that_is_not_there_is_asked_for_by_the_browser():
    files = {"sheets/a.css": '@import "../gone.css"; @import "https://example.org/x.css";'}
    assert sheets.style("sheets/a.css", reader_of(files)) == files["sheets/a.css"]


def test_what_one_behaviour_declares_is_nothing_to_the_next():
    files = {
        "sheets/a.js": 'import "../one.js";\nimport "../two.js";\nimport "../three.js";\n',
        "one.js": "const form = 1;",
        "two.js": "const form = await 2;\n",
        "three.js": 'import { part } from "./part.js";',
    }
    assert sheets.script("sheets/a.js", reader_of(files)) == (
        '(async () => {\nconst form = 1;\n})();\n(async () => {\nconst form = await 2;\n})();\nimport "../three.js";\n'
    )

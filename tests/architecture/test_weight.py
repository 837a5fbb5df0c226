"""What a reading page costs in JavaScript: little, in small pieces, all of it our own."""

import gzip
import re

from broadsheet.wiring import sheets
from tests.architecture import house

BUDGET = 12 * 1024  # bytes, gzip


def reading_scripts():
    scripts = house.PACKAGE.rglob("static/**/*.js")
    return sorted(file for file in scripts if "newsroom" not in file.parts and "tests" not in file.parts)


def served():
    """What browsers are sent: those that a sheet names within it, compressed as one, and the others by themselves."""
    texts = {str(file).split("/static/")[1]: file.read_text(encoding="utf-8") for file in reading_scripts()}
    within: set[str] = set()

    def read(name):
        within.add(name)
        return texts.get(name)

    whole = [
        sheets.lean_script(sheets.script(name, read)) for name in texts if name.startswith(sheets.FOLDER)
    ]
    return [*whole, *(text for name, text in texts.items() if name not in within)]


def test_all_the_javascript_of_reading_pages_together_is_at_most_12_kb():
    weight = sum(len(gzip.compress(script.encode(), 9)) for script in served())
    assert weight <= BUDGET, f"{weight} bytes of gzip JavaScript; the budget is {BUDGET}"


def test_pages_carry_no_inline_scripts_and_no_handlers():
    reading = {
        file: file.read_text(encoding="utf-8") for file in house.templates() if "newsroom" not in file.parts
    }
    assert [
        house.shown(file) for file, text in reading.items() if " onclick=" in text or "<script>" in text
    ] == []


def test_a_behaviour_is_weighed_once_and_none_is_forgotten():
    together = "".join(map(sheets.lean_script, served()))
    texts = {file: sheets.lean_script(file.read_text(encoding="utf-8")) for file in reading_scripts()}
    parts = {file: text for file, text in texts.items() if file.name != "behaviours.js"}
    assert {house.shown(file): together.count(text) for file, text in parts.items()} == {
        house.shown(file): 1 for file in parts
    }


def test_no_template_literal_stands_within_another_whose_spaces_would_be_lost():
    nested = re.compile(r"\$\{[^}`]*`")
    scripts = {file: file.read_text(encoding="utf-8") for file in reading_scripts()}
    assert [house.shown(file) for file, text in scripts.items() if nested.search(text)] == []

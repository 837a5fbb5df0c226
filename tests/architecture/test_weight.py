"""What a reading page costs in JavaScript: little, in small pieces, all of it our own."""

import gzip

from tests.architecture import house

BUDGET = 12 * 1024  # bytes, gzip


def reading_scripts():
    scripts = house.PACKAGE.rglob("static/**/*.js")
    return sorted(file for file in scripts if "newsroom" not in file.parts and "tests" not in file.parts)


def test_all_the_javascript_of_reading_pages_together_is_at_most_12_kb():
    weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in reading_scripts())
    assert weight <= BUDGET, f"{weight} bytes of gzip JavaScript; the budget is {BUDGET}"


def test_pages_carry_no_inline_scripts_and_no_handlers():
    reading = {
        file: file.read_text(encoding="utf-8") for file in house.templates() if "newsroom" not in file.parts
    }
    assert [
        house.shown(file) for file, text in reading.items() if " onclick=" in text or "<script>" in text
    ] == []

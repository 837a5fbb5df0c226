"""Small files, small functions, small templates."""

import pytest

from tests.architecture import house

FILE_LINES, SETTINGS_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 300, 60, 120


def lines(file):
    return len(file.read_text(encoding="utf-8").splitlines())


def test_no_python_file_is_over_400_lines():
    assert [house.shown(file) for file in house.python_files() if lines(file) > FILE_LINES] == []


def test_the_settings_are_at_most_300_lines():
    assert lines(house.PACKAGE / "wiring" / "settings.py") <= SETTINGS_LINES


def test_no_function_is_over_60_lines():
    long = [
        f"{house.shown(file)}:{function.lineno} {function.name}"
        for file in house.python_files()
        for function in house.functions(file)
        if len(range(function.lineno, function.end_lineno or 0)) >= FUNCTION_LINES
    ]
    assert long == []


def test_no_template_is_over_120_lines():
    assert [house.shown(file) for file in house.templates() if lines(file) > TEMPLATE_LINES] == []


@pytest.mark.parametrize("what", [house.python_files, house.product_files, house.templates, house.pages])
def test_there_is_something_to_measure(what):
    assert len(what()) > 5

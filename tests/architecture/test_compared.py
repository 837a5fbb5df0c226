"""The comparison with others is honest: whatever it says we have names tests, and those are there."""

import re
from functools import cache

import pytest

from tests.architecture import house

PAGE = house.ROOT / "docs" / "discussion" / "compared.md"
_ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \|.*\|$", re.MULTILINE)
_SHOWN = re.compile(r"^- (.+?): (`.+)$", re.MULTILINE)
_TEST = re.compile(r"`([\w./]+)::(\w+)`")


def rows():
    """(what, ours) of every table."""
    found = _ROW.findall(PAGE.read_text(encoding="utf-8"))
    return [(what, ours) for what, ours in found if ours != "Broadsheet" and set(what) != {"-"}]


def shown():
    """The tests that each row names."""
    return {what: _TEST.findall(tests) for what, tests in _SHOWN.findall(PAGE.read_text(encoding="utf-8"))}


@cache
def functions_of(file):
    return {function.name for function in house.functions(house.ROOT / file)}


def test_whatever_we_have_names_a_test_and_what_we_lack_names_none():
    having = {what for what, ours in rows() if re.match(r"(yes|partly)\b", ours)}
    lacking = {what for what, ours in rows() if re.match(r"no\b", ours)}
    assert len(rows()) == len(having) + len(lacking) > 40
    assert having == {what for what, tests in shown().items() if tests}


@pytest.mark.parametrize(("file", "name"), sorted({test for tests in shown().values() for test in tests}))
def test_every_test_that_is_named_is_there(file, name):
    assert name.startswith("test_") and name in functions_of(file)

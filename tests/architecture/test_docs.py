"""The docs are true: what they link to is there, what they tell you to type exists, what exists they list."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.architecture import house

DECISIONS = sorted((house.ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PLACES = ("script/", "docs/", "tests/", "broadsheet/", "deploy/", "benchmarks/")


@cache
def commands():
    """The commands that `broadsheet --help` lists."""
    program = Path(sys.executable).with_name("broadsheet")
    printed = subprocess.run(
        [program, "--help"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    return set(re.findall(r"^  ([a-z-]+)(?:  |$)", printed.split("Commands:")[1], flags=re.MULTILINE))


@pytest.mark.parametrize("page", house.pages(), ids=house.shown)
def test_every_link_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", house.pages(), ids=house.shown)
def test_every_file_that_is_named_is_there(page):
    named = re.findall(r"`([\w./-]+)`", page.read_text(encoding="utf-8"))
    files = [name for name in named if name.startswith(PLACES) and not re.search(r"[A-Z]{2}", name)]
    assert [name for name in files if not (house.ROOT / name).exists()] == []


@pytest.mark.parametrize("page", house.pages(), ids=house.shown)
def test_every_command_that_is_named_exists(page):
    named = set(re.findall(r"(?:^|[`/ ])broadsheet ([a-z]+)\b", code_in(page), flags=re.MULTILINE))
    assert not named or named - commands() == set()


def test_the_page_of_commands_lists_every_command():
    page = house.ROOT / "docs" / "reference" / "commands.md"
    listed = set(
        re.findall(r"^## `broadsheet ([a-z-]+)", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    assert listed == commands()


@pytest.mark.parametrize("decision", DECISIONS, ids=house.shown)
def test_a_decision_tells_its_context_and_its_bad_consequences_too(decision):
    headings = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "What it costs"]


def test_decisions_are_numbered_without_a_gap_and_listed():
    assert [int(decision.name[:3]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    start = (house.ROOT / "docs" / "start.md").read_text(encoding="utf-8")
    assert [house.shown(decision) for decision in DECISIONS if decision.name not in start] == []


def test_the_database_that_the_page_of_production_sets_reaches_the_unit_and_the_shell():
    page = code_in(house.ROOT / "docs" / "howto" / "production.md")
    written = re.search(r"DATABASE_URL=\S+ > (\S+)$", page, flags=re.MULTILINE)
    assert written
    unit = (house.ROOT / "deploy" / "broadsheet.service").read_text(encoding="utf-8")
    assert f"\nEnvironmentFile=-{written[1]}\n" in unit
    assert f"set -a; . {written[1]}; set +a" in page


def code_in(page):
    """What stands in code blocks and code spans: what a reader would type."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *(f"`{span}`" for span in re.findall(r"`([^`\n]+)`", text))])

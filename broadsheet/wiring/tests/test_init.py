"""The real command in a home of its own. Each first run makes a whole database, so they are few."""

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [str(Path(sys.executable).with_name("broadsheet"))]


def broadsheet(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT")}
    return subprocess.run(
        [*COMMAND, *arguments],
        env={**environment, "BROADSHEET_HOME": str(home)},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def founded(tmp_path_factory) -> tuple[Path, str]:
    """A home that `init` has made, and what it said."""
    home = tmp_path_factory.mktemp("founded") / "home"
    done = broadsheet(
        home,
        "init",
        "--no-input",
        "--name",
        "The Ebb",
        "--email",
        "carol@example.org",
        "--url",
        "https://ebb.example.org/",
    )
    assert done.returncode == 0, done.stderr
    return home, done.stdout


def rows(home: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "db" / "broadsheet.sqlite3") as database:
        return database.execute(statement).fetchall()


@pytest.mark.server
def test_init_makes_a_publication_with_its_first_publisher(founded):
    home, said = founded
    assert rows(home, "SELECT name FROM masthead_publication") == [("The Ebb",)]
    assert rows(home, "SELECT email, is_superuser FROM readers_reader") == [("carol@example.org", 1)]
    assert {name for (name,) in rows(home, "SELECT name FROM auth_group")} == {
        "Editors",
        "Authors",
        "Contributors",
        "Moderators",
    }
    assert re.search(r"^https://ebb\.example\.org/newsroom/sign-in/[\w-]{43}/$", said, re.MULTILINE)
    assert (home / "prints" / "static" / "staticfiles.json").exists()


@pytest.mark.server
def test_init_keeps_the_keys_to_their_owner(founded):
    home, _ = founded
    for key in (home / "keys").iterdir():
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


@pytest.mark.server
def test_a_second_init_changes_nothing(founded):
    home, first = founded
    keys = {key.name: key.read_bytes() for key in (home / "keys").iterdir()}
    done = broadsheet(home, "init", "--no-input")
    assert done.returncode == 0, done.stderr
    assert keys == {key.name: key.read_bytes() for key in (home / "keys").iterdir()}
    assert rows(home, "SELECT count(*) FROM readers_reader") == [(1,)]
    assert "carol@example.org" in done.stdout
    assert done.stdout.splitlines()[-1] != first.splitlines()[-1]


@pytest.mark.server
def test_a_link_for_a_stranger_is_refused_with_the_mend(founded):
    home, _ = founded
    done = broadsheet(home, "init", "--no-input", "--email", "mallory@example.org")
    assert done.returncode == 1
    assert "mallory@example.org" in done.stderr
    assert "Traceback" not in done.stderr
    assert rows(home, "SELECT count(*) FROM readers_reader") == [(1,)]


@pytest.mark.server
def test_check_finds_all_well_and_then_what_is_wrong(founded):
    home, _ = founded
    well = broadsheet(home, "check")
    assert well.returncode == 0, well.stdout
    (home / "keys" / "signing").chmod(0o644)
    try:
        wrong = broadsheet(home, "check", "--json")
    finally:
        (home / "keys" / "signing").chmod(0o600)
    assert wrong.returncode == 1
    assert [answer["what"] for answer in json.loads(wrong.stdout) if not answer["ok"]] == [
        "The keys are readable by their owner only"
    ]


@pytest.mark.server
def test_a_broken_settings_file_is_named(tmp_path):
    (tmp_path / "broadsheet.toml").write_text("url = \n")
    done = broadsheet(tmp_path, "init", "--no-input")
    assert done.returncode == 1
    assert str(tmp_path / "broadsheet.toml") in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.server
def test_without_a_publication_check_says_how_to_make_one(tmp_path):
    done = broadsheet(tmp_path / "nothing", "check")
    assert done.returncode == 1
    assert "broadsheet init" in done.stderr
    assert not (tmp_path / "nothing").exists()


def test_a_wrong_address_is_refused_before_anything_is_made(tmp_path):
    done = broadsheet(tmp_path / "home", "init", "--no-input", "--url", "ebb.example.org")
    assert done.returncode == 1
    assert "https://" in done.stderr
    assert not (tmp_path / "home").exists()


def test_questions_that_nobody_answers_make_nothing(tmp_path):
    done = broadsheet(tmp_path / "home", "init", typed="")
    assert done.returncode == 1
    assert not (tmp_path / "home").exists()


def test_help_is_instant_and_starts_no_django(tmp_path):
    code = (
        "import sys; from broadsheet.wiring import cli; from click.testing import CliRunner; "
        "print(CliRunner().invoke(cli.broadsheet, ['init', '--help']).output); print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "--sample" in done.stdout
    assert done.stdout.splitlines()[-1] == "False"
